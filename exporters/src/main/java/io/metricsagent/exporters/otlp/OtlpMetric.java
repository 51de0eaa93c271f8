package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.measures.Measure;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/**
 * One metric with all its points, in the form that the exporters of the SDK need.
 *
 * @param measure the first of the measures that share the metric
 */
record OtlpMetric(
    Resource resource,
    InstrumentationScopeInfo scope,
    Measure measure,
    String name,
    MetricDataType type,
    Data<?> data)
    implements MetricData {

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return scope;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return measure.otlp().description();
  }

  @Override
  public String getUnit() {
    return measure.unit();
  }

  @Override
  public MetricDataType getType() {
    return type;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
