package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.exporters.testing.SampleRegistry;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatsdSinkTest {
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final SampleRegistry sample = new SampleRegistry();
  private UdpReceiver server;

  @BeforeEach
  void listen() throws Exception {
    server = new UdpReceiver();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
    server.close();
  }

  private StatsdSink sink(double rate, Dialect dialect) {
    Random random = new Random(7);
    StatsdSink sink =
        new StatsdSink(
            new StatsdSettings("127.0.0.1", server.port(), "wink", rate, dialect),
            random::nextDouble,
            System::nanoTime);
    opened.add(sink);
    return sink;
  }

  private void export(StatsdSink sink) {
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  /** Returns lines but for those about the sink itself. */
  private List<String> lines() {
    return server.lines().stream().filter(line -> !line.startsWith("metrics.agent.")).toList();
  }

  @Test
  void aToolCallIsTheseLines() {
    sample.registry().recordToolCall("read_file", 12, false, "ENOENT");
    export(sink(1, Dialect.DATADOG));
    assertThat(lines())
        .containsExactly(
            "wink.tool.latency_ms:12|ms|#tool:read_file,worker:worker-1",
            "wink.tool.calls:1|c|#tool:read_file,worker:worker-1",
            "wink.tool.failures:1|c|#tool:read_file,worker:worker-1");
  }

  @Test
  void everyNameOfTheTableIsSentWithSortedTags() {
    sample.recordEverything();
    export(sink(1, Dialect.DATADOG));
    String openai = "|#adapter:openai,experiment:v2-concise,model:gpt-4o-mini,worker:worker-1";
    String requests = "|#queue:requests,worker:worker-1";
    List<String> lines = lines();
    assertThat(lines)
        .contains(
            "wink.adapter.tokens:1327|c" + openai,
            "wink.adapter.input_tokens:1240|c" + openai,
            "wink.adapter.output_tokens:87|c" + openai,
            "wink.adapter.cached_tokens:1000|c" + openai,
            "wink.adapter.requests:3|c" + openai,
            "wink.adapter.errors:1|c" + openai,
            "wink.adapter.throttles:1|c" + openai,
            "wink.adapter.first_call_ms:950|ms" + openai,
            "wink.adapter.time_to_first_token_ms:120|ms" + openai,
            "wink.adapter.inter_chunk_latency_ms:20|ms" + openai,
            "wink.mailbox.received:2|c" + requests,
            "wink.mailbox.acked:1|c" + requests,
            "wink.mailbox.nacked:1|c" + requests,
            "wink.mailbox.expired:1|c" + requests,
            "wink.mailbox.dead_lettered:1|c" + requests,
            "wink.mailbox.retries:2|c" + requests,
            "wink.mailbox.depth:17|g" + requests,
            "wink.mailbox.oldest_age_ms:1500|g|#queue:orders,worker:worker-1");
    for (String phase : List.of("render", "call", "parse", "tool", "total")) {
      assertThat(lines).anyMatch(line -> line.startsWith("wink.adapter." + phase + "_latency_ms:"));
    }
    assertThat(lines).noneMatch(line -> line.contains("null") || line.contains(":0|c"));
  }

  @Test
  void aRequestThatWasGivenUpIsNoError() {
    sample.recordCancelled("late");
    export(sink(1, Dialect.DATADOG));
    assertThat(lines())
        .contains("wink.adapter.cancelled:1|c|#adapter:late,worker:worker-1")
        .noneMatch(line -> line.startsWith("wink.adapter.errors"));
  }

  @Test
  void onlyWhatIsNewIsSentAndGaugesAlways() {
    StatsdSink sink = sink(1, Dialect.DATADOG);
    sample.recordEverything();
    export(sink);
    lines();
    sample.registry().recordToolCall("read_file", 3, true, null);
    sample.registry().adapter("openai", "gpt-4o-mini", "chat", "v2-concise").recordThrottle();
    export(sink);
    assertThat(lines())
        .containsExactly(
            "wink.adapter.throttles:1|c"
                + "|#adapter:openai,experiment:v2-concise,model:gpt-4o-mini,worker:worker-1",
            "wink.tool.latency_ms:3|ms|#tool:read_file,worker:worker-1",
            "wink.tool.calls:1|c|#tool:read_file,worker:worker-1",
            "wink.mailbox.oldest_age_ms:1500|g|#queue:orders,worker:worker-1",
            "wink.mailbox.depth:17|g|#queue:requests,worker:worker-1");
  }

  @Test
  void afterAResetCountingStartsAgain() {
    StatsdSink sink = sink(1, Dialect.DATADOG);
    sample.recordCalls("t", 5, 0.5);
    export(sink);
    lines();
    sample.registry().reset();
    sample.recordCalls("t", 7, 0.5);
    export(sink);
    assertThat(lines()).contains("wink.tool.calls:7|c|#tool:t,worker:worker-1");
  }

  @Test
  void aQueueNameInTwoSystemsStaysTwoGauges() {
    sample.registry().mailbox("jobs", "kafka").recordDepth(1);
    sample.registry().mailbox("jobs", "rabbitmq").recordDepth(2);
    export(sink(1, Dialect.DATADOG));
    assertThat(lines())
        .containsExactly(
            "wink.mailbox.depth:1|g|#queue:jobs,system:kafka,worker:worker-1",
            "wink.mailbox.depth:2|g|#queue:jobs,system:rabbitmq,worker:worker-1");
  }

  @Test
  void everyDialectWritesTagsItsWay() {
    sample.registry().recordToolCall("a b,c=d:e|f.ü\uD83D\uDE80\uD83D", 1, true, null);
    Map<Dialect, String> expected =
        Map.of(
            Dialect.DATADOG,
                "wink.tool.calls:1|c|#tool:a_b_c=d:e_f.ü\uD83D\uDE80\\ud83d,worker:worker-1",
            Dialect.TELEGRAF,
                "wink.tool.calls,tool=a_b_c_d_e_f.ü\uD83D\uDE80\\ud83d,worker=worker-1:1|c",
            Dialect.GRAPHITE,
                "wink.tool.calls;tool=a_b,c_d_e_f.ü\uD83D\uDE80\\ud83d;worker=worker-1:1|c",
            Dialect.LIBRATO,
                "wink.tool.calls#tool=a_b_c_d_e_f.ü\uD83D\uDE80\\ud83d,worker=worker-1:1|c",
            Dialect.ETSY,
                "wink.tool.calls.tool.a_b_c=d_e_f_ü\uD83D\uDE80\\ud83d.worker.worker-1:1|c");
    expected.forEach(
        (dialect, line) -> {
          export(sink(1, dialect));
          assertThat(lines()).as(dialect.name()).contains(line);
        });
    assertThat(Dialect.of("DataDog")).isEqualTo(Dialect.DATADOG);
    assertThatThrownBy(() -> Dialect.of("dogstatsd"))
        .hasMessageContaining("write one of datadog, telegraf, graphite, librato, etsy");
  }

  /** One line whose three names, each as long as a name can be, do not fit into a datagram. */
  private void recordTooLong() {
    String name = "\u20AC".repeat(200);
    sample.registry().adapter(name, name, "chat", name).recordThrottle();
  }

  @Test
  void datagramsAreFullButNeverTooLong() {
    sample.recordCalls("ü".repeat(100), 900, 1);
    recordTooLong();
    StatsdSink sink = sink(1, Dialect.DATADOG);
    export(sink);
    List<String> datagrams = server.datagrams();
    assertThat(datagrams)
        .allMatch(datagram -> datagram.getBytes(StandardCharsets.UTF_8).length <= 1432);
    assertThat(datagrams.stream().flatMap(String::lines)).hasSize(901);
    assertThat(datagrams.get(0).lines().count()).isEqualTo(5);
    assertThat(sink.statistics().linesDropped()).isPositive();
    assertThat(sink.statistics().packetsSent()).isEqualTo(datagrams.size());
  }

  @Test
  void manyCallsAreFewLinesWhoseRatesAddUpExactly() {
    sample.recordCalls("t", 123_457, 1.2);
    export(sink(1, Dialect.DATADOG));
    double calls = 0;
    double sum = 0;
    int count = 0;
    for (String line : lines()) {
      if (line.startsWith("wink.tool.latency_ms:")) {
        String[] fields = line.split("[:|]", -1);
        double rate = fields[3].startsWith("@") ? Double.parseDouble(fields[3].substring(1)) : 1;
        calls += 1 / rate;
        sum += Double.parseDouble(fields[1]) / rate;
        count++;
      }
    }
    assertThat(calls).isEqualTo(123_457);
    double exact = sample.snapshot().tools().get(0).latency().sumMillis();
    assertThat(sum).isCloseTo(exact, within(exact * 0.001));
    assertThat(count).isLessThan(1012);
  }

  @Test
  void samplingSendsItsShareWithTheRateBeforeTheTags() {
    sample.recordCalls("t", 1001, 0.5);
    sample.registry().recordQueueDepth("q", 4);
    export(sink(0.1, Dialect.DATADOG));
    List<String> lines = lines();
    assertThat(lines)
        .anyMatch(line -> line.matches("wink\\.tool\\.calls:10[01]\\|c\\|@0\\.1\\|#.*"))
        .contains("wink.mailbox.depth:4|g|#queue:q,worker:worker-1");
    assertThat(lines.stream().filter(line -> line.contains("|ms|@0.1|#")).count())
        .isBetween(100L, 101L);
  }

  @Test
  void whatAClosedPortRefusesIsSentWhenItOpensAgain() throws Exception {
    StatsdSink sink = sink(1, Dialect.DATADOG);
    int port = server.port();
    server.close();
    sample.recordCalls("t", 100, 0.5);
    assertThatThrownBy(() -> export(sink))
        .hasMessageContaining("cannot send StatsD metrics to 127.0.0.1:" + port)
        .hasMessageContaining("nothing listens on that port")
        .hasMessageContaining("metrics.agent.statsd.host");
    sample.recordCalls("t", 50, 0.5);
    assertThatThrownBy(() -> export(sink)).hasMessageContaining("nothing listens");
    server = new UdpReceiver(port);
    export(sink);
    List<String> lines = lines();
    assertThat(lines.stream().filter(line -> line.contains("latency_ms")).count()).isEqualTo(150);
    assertThat(
            lines.stream()
                .filter(line -> line.startsWith("wink.tool.calls:"))
                .mapToInt(line -> Integer.parseInt(line.split("[:|]", -1)[1]))
                .sum())
        .isEqualTo(150);
    assertThat(sink.statistics().packetsRefused()).isPositive();
  }

  @Test
  void anUnknownHostIsNamed() {
    StatsdSink sink =
        new StatsdSink(new StatsdSettings("no-such-host.invalid", 8125, "wink", 1, Dialect.ETSY));
    opened.add(sink);
    sample.recordCalls("t", 1, 0);
    assertThatThrownBy(() -> export(sink))
        .hasMessageContaining("no-such-host.invalid:8125")
        .hasMessageContaining("the host is unknown");
  }

  @Test
  void theNextFlushTellsWhatTheSinkDid() {
    StatsdSink sink = sink(0.5, Dialect.DATADOG);
    sample.recordCalls("t", 10, 1);
    recordTooLong();
    export(sink);
    List<String> datagrams = server.datagrams();
    long bytes = datagrams.stream().mapToLong(datagram -> datagram.length()).sum();
    StatsdSink.Statistics first = sink.statistics();
    export(sink);
    assertThat(server.lines())
        .contains(
            "metrics.agent.statsd.packets_sent:" + datagrams.size() + "|c|#worker:worker-1",
            "metrics.agent.statsd.bytes_sent:" + bytes + "|c|#worker:worker-1",
            "metrics.agent.statsd.lines_dropped:" + first.linesDropped() + "|c|#worker:worker-1")
        .noneMatch(line -> line.contains("packets_refused"));
  }

  @Test
  void tagsOfTheServiceAreOnEveryLine() {
    sample.recordEverything();
    StatsdSink sink =
        new StatsdSink(
            new StatsdSettings(
                "127.0.0.1",
                server.port(),
                null,
                "wink",
                1,
                Dialect.DATADOG,
                Map.of("env", "prod", "service", "shop", "dd.internal.entity_id", "pod-1"),
                false,
                null));
    opened.add(sink);
    export(sink);
    assertThat(lines())
        .contains(
            "wink.tool.calls:3|c|#dd.internal.entity_id:pod-1,env:prod,service:shop,"
                + "tool:read_file,worker:worker-1")
        .allMatch(line -> line.contains("dd.internal.entity_id:pod-1,env:prod,"));
  }

  @Test
  void theContainerIsTheLastFieldOfEveryLine() {
    sample.recordEverything();
    StatsdSink sink =
        new StatsdSink(
            new StatsdSettings("127.0.0.1", server.port(), "wink", 1, Dialect.DATADOG)
                .withContainer("83c0"));
    opened.add(sink);
    export(sink);
    export(sink);
    assertThat(server.lines())
        .contains("wink.tool.calls:3|c|#tool:read_file,worker:worker-1|c:83c0")
        .anyMatch(line -> line.startsWith("metrics.agent.statsd.packets_sent:"))
        .allMatch(line -> line.endsWith("|c:83c0"));
  }

  @Test
  void aRequestOfTheModelContextProtocolIsTheseLines() {
    sample.registry().mcpClient("tools/call", "price").record(12_000_000, "tool_error");
    sample.registry().mcpServer("ping", null).record(1_000_000, null);
    sample.registry().mcpServer(null, null).record(60_000_000_000L, null);
    export(sink(1, Dialect.DATADOG));
    assertThat(lines())
        .containsExactly(
            "wink.mcp.client.operation_duration_ms:12|ms"
                + "|#method:tools/call,tool:price,worker:worker-1",
            "wink.mcp.client.errors:1|c|#method:tools/call,tool:price,worker:worker-1",
            "wink.mcp.server.session_duration_ms:60000|ms|#worker:worker-1",
            "wink.mcp.server.operation_duration_ms:1|ms|#method:ping,worker:worker-1");
  }
}
