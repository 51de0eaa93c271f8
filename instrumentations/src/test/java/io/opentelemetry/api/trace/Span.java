package io.opentelemetry.api.trace;

import io.opentelemetry.context.Context;

/** The part of OpenTelemetry's API that the agent uses. */
public final class Span {
  private static final Span INSTANCE = new Span();

  private Span() {}

  /** Returns the span in the context of this thread. */
  public static Span current() {
    Context.current();
    return INSTANCE;
  }

  /** Returns the identifiers of this span. */
  public SpanContext getSpanContext() {
    return new SpanContext();
  }
}
