package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Names;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenTelemetry's metrics of messaging, as a receiver gets them. */
class MessagingNamesTest {
  private final SampleRegistry sample = new SampleRegistry();
  private OtlpReceiver receiver;

  @BeforeEach
  void record() throws IOException {
    receiver = new OtlpReceiver();
    MailboxMetrics mailbox = sample.registry().mailbox("orders", "kafka");
    mailbox.recordReceived(1, 5_000_000);
    mailbox.recordReceived(1, 5_000_000);
    mailbox.recordReceiveDuration(20_000_000, null);
    mailbox.recordSettleDuration(30_000_000, null);
    mailbox.recordSettleDuration(30_000_000, null);
    mailbox.recordProcessDuration(40_000_000, null);
    mailbox.recordSettleDuration(50_000_000, "java.io.IOException");
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private void export(Names names, boolean messaging) {
    OtlpSettings settings =
        new OtlpSettings(
            receiver.httpEndpoint(),
            Protocol.HTTP_PROTOBUF,
            Map.of(),
            false,
            Duration.ofSeconds(10),
            Temporality.CUMULATIVE,
            HistogramAggregation.EXPLICIT,
            Map.of("service.name", "shop"),
            null,
            null,
            null,
            names,
            messaging);
    try (OtlpSink sink = OtlpSink.create(settings, Timing.system(new Hurry()))) {
      sink.export(sample.snapshot()).toCompletableFuture().join();
    }
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    attributes.forEach(a -> map.put(a.getKey(), a.getValue().getStringValue()));
    map.remove("worker");
    return map;
  }

  @ParameterizedTest
  @EnumSource(Names.class)
  void stayBesideOurOwnWhereTheUserAsksForThem(Names names) {
    export(names, true);

    NumberDataPoint consumed =
        receiver.last().metric("messaging.client.consumed.messages").getSum().getDataPoints(0);
    assertThat(consumed.getAsInt()).isEqualTo(2);
    assertThat(attributes(consumed.getAttributesList()))
        .containsOnly(
            Map.entry("messaging.destination.name", "orders"),
            Map.entry("messaging.system", "kafka"),
            Map.entry("messaging.operation.name", "receive"));
    assertThat(receiver.last().metric("wink.mailbox.received").getSum().getDataPoints(0).getAsInt())
        .isEqualTo(2);
  }

  @Test
  void tellOperationsApartByTheirName() {
    export(Names.GEN_AI, true);

    Metric operations = receiver.last().metric("messaging.client.operation.duration");
    assertThat(operations.getUnit()).isEqualTo("s");
    Map<String, HistogramDataPoint> byName = new TreeMap<>();
    for (HistogramDataPoint point : operations.getHistogram().getDataPointsList()) {
      Map<String, String> attributes = attributes(point.getAttributesList());
      assertThat(attributes)
          .containsEntry("messaging.destination.name", "orders")
          .containsEntry("messaging.operation.type", attributes.get("messaging.operation.name"));
      if (!attributes.containsKey("error.type")) {
        byName.put(attributes.get("messaging.operation.name"), point);
      }
    }
    assertThat(byName).containsOnlyKeys("receive", "settle");
    assertThat(byName.get("receive").getCount()).isEqualTo(1);
    assertThat(byName.get("settle").getCount()).isEqualTo(2);
    HistogramDataPoint process =
        receiver.last().metric("messaging.process.duration").getHistogram().getDataPoints(0);
    assertThat(process.getCount()).isEqualTo(1);
    assertThat(process.getSum()).isEqualTo(0.04);
    assertThat(attributes(process.getAttributesList()))
        .containsEntry("messaging.operation.name", "process");
  }

  @Test
  void tellFailedOperationsApartByTheTypeOfTheError() {
    export(Names.GEN_AI, true);

    List<HistogramDataPoint> failed =
        receiver
            .last()
            .metric("messaging.client.operation.duration")
            .getHistogram()
            .getDataPointsList()
            .stream()
            .filter(point -> attributes(point.getAttributesList()).containsKey("error.type"))
            .toList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).getCount()).isEqualTo(1);
    assertThat(failed.get(0).getSum()).isEqualTo(0.05);
    assertThat(attributes(failed.get(0).getAttributesList()))
        .containsOnly(
            Map.entry("messaging.destination.name", "orders"),
            Map.entry("messaging.system", "kafka"),
            Map.entry("messaging.operation.name", "settle"),
            Map.entry("messaging.operation.type", "settle"),
            Map.entry("error.type", "java.io.IOException"));
  }

  @Test
  void areLeftOutWhereNobodyAsksForThem() {
    export(Names.GEN_AI, false);

    assertThat(receiver.last().metrics())
        .extracting(Metric::getName)
        .contains("wink.mailbox.received")
        .noneMatch(name -> name.startsWith("messaging."));
  }
}
