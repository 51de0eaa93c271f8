package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import java.util.concurrent.TimeUnit;

/** Records the requests that an application describes by {@code AdapterCall}s. Thread-safe. */
final class AdapterCalls {
  private static final String METHOD = "recordAdapterCall";
  private static final long UNKNOWN = AdapterMetrics.UNKNOWN;

  private static final Accessor ADAPTER = Accessor.path("adapter()");
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor OPERATION = Accessor.path("operation()");
  private static final Accessor EXPERIMENT = Accessor.path("experiment()");
  private static final Accessor ERROR = Accessor.path("error()");
  private static final Accessor THROTTLED = Accessor.path("throttled()");

  /** The values of an {@code AdapterCall}, by the names of their setters. */
  private enum Value {
    RENDER("renderMillis", "renderMillis()"),
    CALL("callMillis", "callMillis()"),
    PARSE("parseMillis", "parseMillis()"),
    TOOL("toolMillis", "toolMillis()"),
    INPUT("inputTokens", "usage().inputTokens()"),
    OUTPUT("outputTokens", "usage().outputTokens()"),
    CACHED("cachedTokens", "usage().cachedTokens()");

    private final String label;
    private final Accessor accessor;

    Value(String label, String path) {
      this.label = label;
      accessor = Accessor.path(path);
    }
  }

  private final Registry registry;
  private final CallContexts contexts;
  private final BadValues badValues;

  AdapterCalls(Registry registry, CallContexts contexts, BadValues badValues) {
    this.registry = registry;
    this.contexts = contexts;
    this.badValues = badValues;
  }

  /** Records a call, unless it is {@code null} or has no name. */
  void record(Object call) {
    String adapter = (String) ADAPTER.read(call);
    if (!badValues.isName(METHOD, call == null ? "call" : "adapter", adapter)) {
      return;
    }
    AdapterMetrics series = series(adapter, call);
    if (Boolean.TRUE.equals(THROTTLED.read(call))) {
      series.recordThrottle();
    }
    long render = nanos(call, Value.RENDER);
    long onTheWire = nanos(call, Value.CALL);
    long parse = nanos(call, Value.PARSE);
    long tools = nanos(call, Value.TOOL);
    series.record(
        render,
        onTheWire,
        parse,
        tools,
        UNKNOWN,
        sum(sum(render, onTheWire), sum(parse, tools)),
        tokens(call, Value.INPUT),
        tokens(call, Value.OUTPUT),
        tokens(call, Value.CACHED),
        error(call));
  }

  /** Returns the type of the error; a blank text stands for an error of unknown type. */
  private static String error(Object call) {
    String error = (String) ERROR.read(call);
    return error != null && error.isBlank() ? Outcomes.NO_TYPE : error;
  }

  private AdapterMetrics series(String adapter, Object call) {
    String model = MODEL.readString(call);
    String operation = OPERATION.readString(call);
    String own = EXPERIMENT.readString(call);
    String experiment = own == null ? contexts.get(ContextField.EXPERIMENT) : own;
    return registry.adapter(adapter, model, operation, registry.experiment(experiment));
  }

  private long nanos(Object call, Value phase) {
    return phase.accessor.read(call) instanceof Long millis
        ? TimeUnit.MILLISECONDS.toNanos(badValues.time(METHOD, phase.label, millis))
        : UNKNOWN;
  }

  /** Adds two times, of which each may be unknown; returns {@link Long#MAX_VALUE} on overflow. */
  private static long sum(long a, long b) {
    long sum = Math.max(0, a) + Math.max(0, b);
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private long tokens(Object call, Value count) {
    if (!(count.accessor.read(call) instanceof Long tokens)) {
      return UNKNOWN;
    }
    if (tokens < 0) {
      badValues.say(METHOD, count.label, String.valueOf(tokens), "the count was left out");
      return UNKNOWN;
    }
    return tokens;
  }
}
