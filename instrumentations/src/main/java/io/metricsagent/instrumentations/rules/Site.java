package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A rule that may be woven: its number in advice, and its handler from the first weaving on.
 *
 * <p>A handler that fails too often is switched off for a while: {@link FaultRate}. Thread-safe.
 */
public final class Site {
  private final int number;
  private final Instrumentation instrumentation;
  private final Row<?> row;
  private final Rule rule;
  private volatile Sighting sighting = Sighting.NEVER;
  private final FaultRate faults = new FaultRate();
  private final AtomicBoolean said = new AtomicBoolean();
  private volatile SiteHandler handler;

  Site(int number, Instrumentation instrumentation, Row<?> row, Rule rule) {
    this.number = number;
    this.instrumentation = instrumentation;
    this.row = row;
    this.rule = rule;
  }

  /** Returns the number that woven code passes to the probe. */
  public int number() {
    return number;
  }

  /** Returns the name of the row that the rule is in, as in warnings; several rules may have it. */
  public String id() {
    return row.id();
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
    return faults.isOff() ? null : handler;
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
  public void activate(Telemetry telemetry) {
    if (handler == null) {
      handler = instrumentation.module().handler(row, telemetry);
    }
  }

  /** The handler threw, on a thread of the application. */
  void failed(Throwable fault) {
    if (!isFaultOfRule(fault)) {
      return;
    }
    instrumentation.error();
    faults.failed();
    if (said.compareAndSet(false, true)) {
      AgentLog.log(
          AgentLog.Level.WARN,
          name() + " failed inside the agent: " + fault + "; the application is not affected",
          fault);
    } else {
      AgentLog.debug(name() + " failed inside the agent: " + fault, fault);
    }
  }

  /**
   * Returns whether a fault tells something of the rule. A stack or heap that the application has
   * used up ends whatever runs next, and a thread that somebody stops ends where it is.
   */
  private static boolean isFaultOfRule(Throwable fault) {
    return !(fault instanceof VirtualMachineError
        || fault instanceof ThreadDeath
        || fault instanceof InterruptedException);
  }

  /** Returns whether the rule is switched off at the moment. */
  boolean isOff() {
    return faults.isOff();
  }

  /**
   * Says what happened to the rule since the last time. Called on the agent's own thread: that of
   * the application where the rule failed may have no stack left for it.
   */
  void report() {
    if (faults.wentOff()) {
      AgentLog.warn(
          name()
              + " is off for "
              + FaultRate.OFF.toMinutes()
              + " minutes: it failed "
              + FaultRate.MAX_FAULTS
              + " times within a minute");
    }
  }

  private String name() {
    return "rule " + instrumentation.name() + "/" + id();
  }
}
