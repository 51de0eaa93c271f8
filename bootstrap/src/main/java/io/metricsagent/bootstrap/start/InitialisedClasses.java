package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import java.lang.instrument.Instrumentation;
import java.util.function.Predicate;

/** Tells whether the JVM has initialised a class, and does not initialise it. Thread-safe. */
final class InitialisedClasses implements Predicate<Class<?>> {
  private final Instrumentation jvm;
  private volatile boolean open;
  private volatile boolean hidden;

  /** Asks the JVM for nothing before the first question. */
  InitialisedClasses(Instrumentation jvm) {
    this.jvm = jvm;
  }

  /**
   * Finds out whether tracing APIs are in use that were loaded before the agent. On a JVM that does
   * not tell, they count as not in use.
   */
  static void tell(LoaderSightings tracers, Instrumentation jvm) {
    try {
      JdkInternals.open(jvm);
      tracers.tellWhetherUsed(new InitialisedClasses(jvm));
    } catch (LinkageError e) {
      AgentLog.debug("latencies get no exemplars: this JVM hides what it has initialised: " + e, e);
    }
  }

  /** Returns {@code false} on a JVM that does not tell. */
  @Override
  public boolean test(Class<?> type) {
    if (hidden) {
      return false;
    }
    try {
      if (!open) {
        JdkInternals.open(jvm);
        open = true;
      }
      return JdkInternals.isInitialised(type);
    } catch (LinkageError e) {
      hidden = true;
      AgentLog.debug("log contexts are not read: this JVM hides what it has initialised: " + e, e);
      return false;
    }
  }
}
