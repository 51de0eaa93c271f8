package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A rule that may be woven: its number in advice, and its handler from the first weaving on.
 *
 * <p>A handler that fails {@value #MAX_FAULTS} times is switched off for good. Thread-safe.
 */
public final class Site {
  private static final int MAX_FAULTS = 16;

  private final int number;
  private final Instrumentation instrumentation;
  private final Rule rule;
  private final AtomicInteger faults = new AtomicInteger();
  private volatile Sighting sighting = Sighting.NEVER;
  private volatile SiteHandler handler;
  private volatile boolean off;

  Site(int number, Instrumentation instrumentation, Rule rule) {
    this.number = number;
    this.instrumentation = instrumentation;
    this.rule = rule;
  }

  /** Returns the number that woven code passes to the probe. */
  public int number() {
    return number;
  }

  /** Returns the rule. */
  public Rule rule() {
    return rule;
  }

  /** Returns the instrumentation that the rule belongs to. */
  public Instrumentation instrumentation() {
    return instrumentation;
  }

  /**
   * Returns the handler for calls that begin, or {@code null} when the site is switched off or not
   * woven yet.
   */
  SiteHandler handler() {
    return off ? null : handler;
  }

  /**
   * Returns the handler for calls that began earlier: they end properly even if the site was
   * switched off meanwhile.
   */
  SiteHandler handlerOfRunningCalls() {
    return handler;
  }

  /** Returns the most that was seen of the methods so far. */
  public Sighting sighting() {
    return sighting;
  }

  /** Notes what was seen of the methods, unless more was seen before. */
  public synchronized void saw(Sighting seen) {
    if (seen.compareTo(sighting) > 0) {
      sighting = seen;
    }
  }

  /** Makes the handler, unless the site has one. */
  public void activate(Recording recording) {
    if (handler == null) {
      handler = instrumentation.module().handler(rule, recording);
    }
  }

  void failed(Throwable fault) {
    instrumentation.error();
    int count = faults.incrementAndGet();
    String where = "rule " + instrumentation.name() + "/" + rule.id();
    if (count == 1) {
      AgentLog.log(
          AgentLog.Level.WARN,
          where + " failed inside the agent: " + fault + "; the application is not affected",
          fault);
    } else {
      AgentLog.debug(where + " failed inside the agent: " + fault, fault);
    }
    if (count == MAX_FAULTS) {
      off = true;
      AgentLog.warn(where + " is off: it failed " + MAX_FAULTS + " times");
    }
  }
}
