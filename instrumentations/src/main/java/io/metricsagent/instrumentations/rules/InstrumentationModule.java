package io.metricsagent.instrumentations.rules;

import java.util.List;

/**
 * The rules of one library. Found by {@link java.util.ServiceLoader}: a new library is a new folder
 * with one of these in it.
 *
 * <p>{@link #rules} runs on the application's main thread before the application: it must only make
 * data. Handlers are made when the first class that a rule asks for is loaded.
 */
public interface InstrumentationModule {
  /** Returns the name, as in {@code metrics.agent.instrumentation.<name>.enabled}. */
  String name();

  /** Returns what to weave. */
  List<Rule> rules();

  /** Returns what is measured, for people; nothing of it is loaded in an application. */
  default List<Coverage> coverage() {
    return List.of();
  }

  /** Makes the handler of one of {@link #rules}. */
  SiteHandler handler(Rule rule, Telemetry telemetry);
}
