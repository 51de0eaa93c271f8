package io.metricsagent.benchmarks;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** OpenTelemetry's SDK with a reader that collects on demand. */
final class OpenTelemetry {
  private static final String NAME = "tool.latency";

  private OpenTelemetry() {}

  static DoubleHistogram histogram(Aggregation aggregation) {
    return histogram(aggregation, new OnDemand());
  }

  static DoubleHistogram histogram(Aggregation aggregation, OnDemand reader) {
    return SdkMeterProvider.builder()
        .registerMetricReader(reader)
        .registerView(
            InstrumentSelector.builder().setName(NAME).build(),
            View.builder().setAggregation(aggregation).build())
        .build()
        .get("benchmarks")
        .histogramBuilder(NAME)
        .setUnit("ms")
        .build();
  }

  static final class OnDemand implements MetricReader {
    private CollectionRegistration registration = CollectionRegistration.noop();

    Collection<MetricData> read() {
      return registration.collectAllMetrics();
    }

    @Override
    public void register(CollectionRegistration given) {
      registration = given;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
