package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtherAgentTest {
  private static final List<String> EVENTS = new ArrayList<>();

  /** Has the shape of the class in OpenTelemetry's agent. */
  public static final class InstrumentationUtil {
    private InstrumentationUtil() {}

    public static void suppressInstrumentation(Runnable task) {
      EVENTS.add("off");
      task.run();
      EVENTS.add("on");
    }
  }

  @BeforeEach
  void forget() {
    EVENTS.clear();
  }

  private OtherAgent found() {
    return OtherAgent.find(
        getClass().getClassLoader(), "no.such.Type", InstrumentationUtil.class.getName());
  }

  @Test
  void aTaskIsUnseenByTheAgentBesideUs() {
    OtherAgent agent = found();
    agent.unseen(() -> EVENTS.add("export"));
    assertThat(EVENTS).containsExactly("off", "export", "on");
    assertThatThrownBy(
            () ->
                agent.unseen(
                    () -> {
                      throw new IllegalArgumentException("passes");
                    }))
        .hasMessage("passes");
  }

  @Test
  void anExportIsUnseenByTheAgentBesideUs() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      OtlpSettings settings =
          new OtlpSettings(
              receiver.httpLogsEndpoint(),
              OtlpSettings.Protocol.HTTP_PROTOBUF,
              Map.of(),
              false,
              Duration.ofSeconds(10),
              OtlpSettings.Temporality.CUMULATIVE,
              OtlpSettings.HistogramAggregation.EXPLICIT,
              Map.of(),
              null,
              null,
              null,
              OtlpSettings.Names.GEN_AI,
              false);
      OtlpClient.OfLogs client = new OtlpClient.OfLogs(settings, null);
      Resource resource = client.resource();
      client.otherAgent = found();
      LogEvent event = new LogEvent("export", 1, false, null, null, Map.of(), null);
      client.send(List.of(LogRecord.of(event, 1, resource, InstrumentationScopeInfo.create("s"))));
      client.shutdown();

      assertThat(receiver.logRecords()).hasSize(1);
      assertThat(EVENTS).containsExactly("off", "on");
    }
  }

  @Test
  void withoutOneTheExportJustRuns() {
    List<String> events = new ArrayList<>();
    OtherAgent.find().unseen(() -> events.add("export"));
    assertThat(events).containsExactly("export");
  }
}
