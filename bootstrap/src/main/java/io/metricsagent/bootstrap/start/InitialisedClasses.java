package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.lang.instrument.Instrumentation;
import java.util.function.Predicate;

/** Tells whether the JVM has initialised a class, and does not initialise it. Stateless. */
final class InitialisedClasses implements Predicate<Class<?>> {
  private InitialisedClasses() {}

  /**
   * Finds out whether tracing APIs are in use that were loaded before the agent. On a JVM that does
   * not tell, they count as not in use.
   */
  static void tell(LoaderSightings tracers, Instrumentation jvm) {
    try {
      JdkInternals.open(jvm);
      tracers.tellWhetherUsed(new InitialisedClasses());
    } catch (LinkageError e) {
      AgentLog.debug("latencies get no exemplars: this JVM hides what it has initialised: " + e, e);
    }
  }

  @Override
  public boolean test(Class<?> type) {
    return JdkInternals.isInitialised(type);
  }
}
