package io.metricsagent.instrumentations.libraries.shared.langchain4j;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.runs.StreamedRuns;

/**
 * The {@code TokenStream}s that the application has got and may start: each begins a run, or goes
 * on with one. Thread-safe.
 */
public final class TokenStreams implements StreamedRuns.Streams {
  private static final int MAX_STREAMS = 10_000;
  private static final String TOKEN_STREAM = "dev.langchain4j.service.TokenStream";
  private static final Accessor ASKS_FOR_TOOLS =
      Accessor.path("aiMessage().hasToolExecutionRequests()");

  /** The scenarios, as texts, of the runs that will begin; the runs that have begun. */
  private static final WeakMap<Object, Object> RUNS = new WeakMap<>(MAX_STREAMS);

  private TokenStreams() {}

  /** Returns whether a type is that of token streams. */
  public static boolean isOne(Class<?> type) {
    return type.getName().equals(TOKEN_STREAM);
  }

  /** Returns whether an object is a token stream. */
  public static boolean isOne(Object object) {
    for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        if (isOne(i)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Notes the scenario of the run that begins when a stream starts. */
  public static void begins(Object stream, String scenario) {
    RUNS.put(stream, scenario);
  }

  /** Notes the run that ends with a stream. */
  public static void goesOn(Object stream, Run run) {
    RUNS.put(stream, run);
  }

  /** Returns the handler of the method that starts a stream. */
  public static SiteHandler start(Telemetry telemetry) {
    return new StreamedRuns(telemetry).start(new TokenStreams());
  }

  /** Returns the handler of the method that gets the answer of a round. */
  public static SiteHandler round(Telemetry telemetry) {
    return new StreamedRuns(telemetry)
        .round(answer -> Boolean.TRUE.equals(ASKS_FOR_TOOLS.read(answer)));
  }

  @Override
  public String scenario(Object stream) {
    return RUNS.get(stream) instanceof String scenario ? scenario : "TokenStream.start";
  }

  @Override
  public Run begun(Object stream) {
    return RUNS.get(stream) instanceof Run run && !run.hasEnded() ? run : null;
  }
}
