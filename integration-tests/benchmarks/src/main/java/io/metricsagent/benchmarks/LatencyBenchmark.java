package io.metricsagent.benchmarks;

import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Records one latency into an instrument that was looked up before; all threads share the
 * instrument.
 *
 * <p>Each library is set up as its documentation says for the percentiles of a latency, and is
 * called in its cheapest form: labels and attributes are resolved before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LatencyBenchmark {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ToolMetrics agent = Registries.empty().tool("read_file");

  private final Attributes attributes =
      Attributes.of(AttributeKey.stringKey("gen_ai.tool.name"), "read_file");
  private final DoubleHistogram openTelemetryExplicit =
      OpenTelemetry.histogram(Aggregation.explicitBucketHistogram());
  private final DoubleHistogram openTelemetryExponential =
      OpenTelemetry.histogram(Aggregation.base2ExponentialBucketHistogram());

  private final Timer micrometer = new MicrometerTimers().timer("read_file");

  private final DistributionDataPoint prometheusClassic =
      Histogram.builder()
          .name("tool_seconds")
          .labelNames("tool")
          .classicOnly()
          .build()
          .labelValues("read_file");
  private final DistributionDataPoint prometheusNative =
      Histogram.builder()
          .name("tool_seconds")
          .labelNames("tool")
          .nativeOnly()
          .build()
          .labelValues("read_file");

  private final Recorder hdrRecorder = new Recorder(2);

  @Benchmark
  public void agent(Latencies latencies) {
    agent.recordSuccess(latencies.next());
  }

  @Benchmark
  public void openTelemetryExplicit(Latencies latencies) {
    openTelemetryExplicit.record(latencies.next() / NANOS_PER_MILLI, attributes);
  }

  @Benchmark
  public void openTelemetryExponential(Latencies latencies) {
    openTelemetryExponential.record(latencies.next() / NANOS_PER_MILLI, attributes);
  }

  @Benchmark
  public void micrometer(Latencies latencies) {
    micrometer.record(latencies.next(), TimeUnit.NANOSECONDS);
  }

  @Benchmark
  public void prometheusClassic(Latencies latencies) {
    prometheusClassic.observe(latencies.next() / NANOS_PER_SECOND);
  }

  @Benchmark
  public void prometheusNative(Latencies latencies) {
    prometheusNative.observe(latencies.next() / NANOS_PER_SECOND);
  }

  @Benchmark
  public void hdrRecorder(Latencies latencies) {
    hdrRecorder.recordValue(latencies.next());
  }
}
