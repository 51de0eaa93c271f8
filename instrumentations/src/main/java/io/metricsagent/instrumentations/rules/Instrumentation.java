package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A module in use, with the counts of its woven methods, skipped rules and faults. Thread-safe. */
public final class Instrumentation {
  private final InstrumentationModule module;
  private final AtomicLong wovenMethods = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final ConcurrentHashMap<String, String> skipped = new ConcurrentHashMap<>();

  Instrumentation(InstrumentationModule module) {
    this.module = module;
  }

  InstrumentationModule module() {
    return module;
  }

  /** Returns the module's name. */
  public String name() {
    return module.name();
  }

  /** Counts methods that were woven. */
  public void wove(int methods) {
    wovenMethods.addAndGet(methods);
  }

  /** Counts a fault of the agent. */
  public void error() {
    errors.incrementAndGet();
  }

  /** Counts the rule of a site as off, and warns once for each row and type. */
  public void skip(Site site, String reason) {
    String id = site.id();
    if (skipped.putIfAbsent(id + ' ' + site.rule().type(), reason) == null) {
      AgentLog.warn(
          "rule "
              + name()
              + "/"
              + id
              + " is off: "
              + reason
              + "; the application is not affected, but figures of this rule are missing");
    }
  }

  /**
   * Returns the current counts.
   *
   * @param off the number of rules that are off now because their handlers failed
   */
  InstrumentationSnapshot snapshot(int off) {
    return new InstrumentationSnapshot(
        name(), wovenMethods.get(), skipped.size() + off, errors.get());
  }
}
