package io.metricsagent.exporters.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One log record, in the form that the exporters of the SDK need. An attribute that has a structure
 * is a value of that structure, not a text of JSON, as the conventions ask of log records.
 */
record LogRecord(
    Resource resource,
    InstrumentationScopeInfo scope,
    long observedEpochNanos,
    SpanContext span,
    Attributes attributes,
    LogEvent event)
    implements LogRecordData {

  static LogRecord of(
      LogEvent event, long observedEpochNanos, Resource resource, InstrumentationScopeInfo scope) {
    AttributesBuilder attributes = Attributes.builder();
    event.attributes().forEach((key, value) -> put(attributes, key, value));
    return new LogRecord(
        resource, scope, observedEpochNanos, span(event), attributes.build(), event);
  }

  private static SpanContext span(LogEvent event) {
    return event.traceId() == null || event.spanId() == null
        ? SpanContext.getInvalid()
        : SpanContext.create(
            event.traceId(), event.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private static void put(AttributesBuilder attributes, String key, Object value) {
    if (value instanceof String text) {
      attributes.put(key, text);
    } else if (value instanceof Boolean flag) {
      attributes.put(key, flag);
    } else if (value instanceof Long number) {
      attributes.put(key, number);
    } else if (value instanceof Double number) {
      attributes.put(key, number);
    } else if (value != null) {
      attributes.put(AttributeKey.valueKey(key), value(value));
    }
  }

  private static Value<?> value(Object value) {
    if (value instanceof Boolean flag) {
      return Value.of(flag);
    }
    if (value instanceof Long number) {
      return Value.of(number);
    }
    if (value instanceof Double number) {
      return Value.of(number);
    }
    if (value instanceof List<?> items) {
      List<Value<?>> values = new ArrayList<>();
      items.forEach(item -> values.add(value(item)));
      return Value.of(values);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Value<?>> values = new LinkedHashMap<>();
      map.forEach((key, item) -> values.put(String.valueOf(key), value(item)));
      return Value.of(values);
    }
    return value == null ? Value.empty() : Value.of(value.toString());
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return scope;
  }

  @Override
  public long getTimestampEpochNanos() {
    return event.epochNanos();
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return observedEpochNanos;
  }

  @Override
  public SpanContext getSpanContext() {
    return span;
  }

  @Override
  public Severity getSeverity() {
    return event.warning() ? Severity.WARN : Severity.INFO;
  }

  @Override
  public String getSeverityText() {
    return event.warning() ? "WARN" : "INFO";
  }

  @Override
  @SuppressWarnings("deprecation") // an abstract method that nothing calls any more
  public Body getBody() {
    return event.body() instanceof String text ? Body.string(text) : Body.empty();
  }

  @Override
  public Value<?> getBodyValue() {
    return event.body() == null ? null : value(event.body());
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public String getEventName() {
    return event.name();
  }
}
