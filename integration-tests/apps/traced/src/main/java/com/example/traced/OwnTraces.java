package com.example.traced;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.CompletableFuture;

/** Traces with OpenTelemetry's SDK. */
final class OwnTraces {
  private OwnTraces() {}

  static void run(Work work) {
    Span sampled = tracer(Sampler.alwaysOn()).spanBuilder("work").startSpan();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<String> late;
    try (Scope scope = sampled.makeCurrent()) {
      late = work.run(ended);
    }
    sampled.end();
    ended.complete(null);
    System.out.println(late.join());
    Span dropped = tracer(Sampler.alwaysOff()).spanBuilder("dropped").startSpan();
    try (Scope scope = dropped.makeCurrent()) {
      work.quietly();
    }
    dropped.end();
    work.quietly();
    System.out.println("trace " + sampled.getSpanContext().getTraceId());
    System.out.println("span " + sampled.getSpanContext().getSpanId());
  }

  private static Tracer tracer(Sampler sampler) {
    // Without a processor, the SDK makes no spans.
    return SdkTracerProvider.builder()
        .setSampler(sampler)
        .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
        .build()
        .get("traced");
  }
}
