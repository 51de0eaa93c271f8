package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A module at work: its rules and what became of them. Thread-safe. */
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

  /** Counts methods that now carry advice. */
  public void wove(int methods) {
    wovenMethods.addAndGet(methods);
  }

  /** Counts a fault of the agent's own. */
  public void error() {
    errors.incrementAndGet();
  }

  /** Switches the rule of a site off and says so, once a row and type. */
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
   * @param off how many rules are off because they failed, besides those that were never on
   */
  InstrumentationSnapshot snapshot(int off) {
    return new InstrumentationSnapshot(
        name(), wovenMethods.get(), skipped.size() + off, errors.get());
  }
}
