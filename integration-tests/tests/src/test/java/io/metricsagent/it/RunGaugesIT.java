package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.UdpReceiver;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The gauges of the runs of a real application: each request and tool call is in exactly one run,
 * and each run is one raw value for a StatsD server.
 */
@ExtendWith(ShowRuns.class)
class RunGaugesIT {
  static List<Setup> setups() {
    return Setup.of("langchain4j-chat");
  }

  private static List<JsonNode> points(Dump dump, String name, String key, String value) {
    List<JsonNode> points = new ArrayList<>();
    for (JsonNode point : dump.root().path("points")) {
      if (point.get("name").asString().equals(name)
          && point.path("tags").path(key).asString("").equals(value)) {
        points.add(point);
      }
    }
    return points;
  }

  private static long sum(List<JsonNode> points) {
    return Math.round(points.stream().mapToDouble(point -> point.get("value").asDouble()).sum());
  }

  private static long adapters(Dump dump, String field) {
    return dump.adapters().stream().mapToLong(adapter -> adapter.count(field)).sum();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void eachCallIsInOneRunAndEachRunIsOneValue(Setup setup) throws Exception {
    try (StubServer stub = StubServer.start(0);
        UdpReceiver statsd = new UdpReceiver()) {
      FinishedRun run =
          setup
              .run()
              .withAgent("exporters=archive,statsd,run.gauges=true")
              .setting("metrics.agent.statsd.host", "127.0.0.1")
              .setting("metrics.agent.statsd.port", Integer.toString(statsd.port()))
              .run(stub.baseUrl(), "chat", "tools", "streamed", "crowd");
      assertThat(run.exitCode()).as(run.toString()).isZero();
      Dump dump = run.dump();

      List<JsonNode> calls = points(dump, "run.metric", "metric_name", "calls");
      assertThat(sum(calls)).isPositive().isEqualTo(adapters(dump, "request_count"));
      assertThat(sum(points(dump, "run.metric", "metric_name", "tokens")))
          .isEqualTo(adapters(dump, "input_tokens") + adapters(dump, "output_tokens"));
      assertThat(sum(points(dump, "run.metric", "metric_name", "tool_calls")))
          .isPositive()
          .isEqualTo(dump.tools().stream().mapToLong(tool -> tool.count("call_count")).sum());

      Set<String> ids = new HashSet<>();
      calls.forEach(point -> ids.add(point.get("tags").get("run_id").asString()));
      assertThat(ids).hasSameSizeAs(calls).hasSizeGreaterThan(1);
      assertThat(
              sum(points(dump, "runs", "state", "finished"))
                  + sum(points(dump, "runs", "state", "failed")))
          .isEqualTo(calls.size());

      List<String> lines = statsd.lines();
      for (String id : ids) {
        assertThat(lines)
            .filteredOn(line -> line.contains("run_id:" + id))
            .filteredOn(line -> line.contains("metric_name:calls"))
            .as(id)
            .hasSize(1);
      }
    }
  }
}
