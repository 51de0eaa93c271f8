package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.Operations;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's mailboxes by OpenTelemetry's names, as a receiver gets them. */
@ExtendWith(ShowRuns.class)
class MessagingNamesIT {
  private static FinishedRun mailroom(Jdk jdk, OtlpReceiver receiver, boolean messaging)
      throws Exception {
    try (StubServer stub = StubServer.start(0)) {
      return AgentRun.on(jdk)
          .withAgent("exporters=otlp")
          .setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
          .setting("metrics.agent.messaging", Boolean.toString(messaging))
          .jar(Artifacts.app("langchain4j-chat"))
          .run(stub.baseUrl(), "mailroom");
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void areBesideOurOwnWhereTheUserAsksForThem(Jdk jdk) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      mailroom(jdk, receiver, true);

      Map<String, Long> received = new TreeMap<>();
      for (NumberDataPoint point :
          receiver.last().metric("wink.mailbox.received").getSum().getDataPointsList()) {
        received.put(queue(point), point.getAsInt());
      }
      Map<String, Long> consumed = new TreeMap<>();
      for (NumberDataPoint point :
          receiver
              .last()
              .metric("messaging.client.consumed.messages")
              .getSum()
              .getDataPointsList()) {
        consumed.put(queue(point), point.getAsInt());
      }
      assertThat(consumed).isEqualTo(received).containsEntry("requests", 7L);
      long receives =
          receiver
              .last()
              .metric("messaging.client.operation.duration")
              .getHistogram()
              .getDataPointsList()
              .stream()
              .mapToLong(HistogramDataPoint::getCount)
              .sum();
      assertThat(receives).isEqualTo(received.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  /** Two acknowledgements settle five messages; a listener refuses one of its three once. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void tellOperationsAndTheTypeOfAFailure(Jdk jdk) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      AgentRun.on(jdk)
          .withAgent("exporters=otlp")
          .setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
          .setting("metrics.agent.messaging", "true")
          .jar(Artifacts.app("jms-jakarta"))
          .run("memory", "client-ack", "auto-listener");

      assertThat(Operations.timed(receiver.last(), "messaging.client.operation.duration"))
          .containsOnly(Map.entry("client-ack receive ", 5L), Map.entry("client-ack settle ", 2L));
      assertThat(Operations.timed(receiver.last(), "messaging.process.duration"))
          .containsOnly(
              Map.entry("auto-listener process ", 3L),
              Map.entry("auto-listener process java.lang.IllegalStateException", 1L));
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void areLeftOutOtherwise(Jdk jdk) throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      mailroom(jdk, receiver, false);

      assertThat(receiver.last().metrics())
          .extracting(Metric::getName)
          .contains("wink.mailbox.received")
          .noneMatch(name -> name.startsWith("messaging."));
    }
  }

  private static String queue(NumberDataPoint point) {
    return point.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("messaging.destination.name"))
        .findFirst()
        .orElseThrow()
        .getValue()
        .getStringValue();
  }
}
