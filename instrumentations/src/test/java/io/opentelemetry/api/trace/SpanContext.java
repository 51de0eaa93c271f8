package io.opentelemetry.api.trace;

/** The identifiers of a span. */
public final class SpanContext {
  SpanContext() {}

  /** Returns {@code true}. */
  public boolean isValid() {
    return true;
  }

  /** Returns {@code true}. */
  public boolean isSampled() {
    return true;
  }

  /** Returns the identifier of the trace. */
  public String getTraceId() {
    return "0af7651916cd43dd8448eb211c80319c";
  }

  /** Returns the identifier of the span. */
  public String getSpanId() {
    return "b7ad6b7169203331";
  }
}
