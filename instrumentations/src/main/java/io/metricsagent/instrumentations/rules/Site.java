package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A rule with its number in woven code and, from the first weaving on, its handler.
 *
 * <p>A handler that fails too often is switched off for some minutes ({@link FaultRate}). A site
 * whose rule is gone is retired: it has no handler for calls that begin, and keeps the one that it
 * had for calls that have begun. Thread-safe.
 */
public final class Site {
  private final int number;
  private final Instrumentation instrumentation;
  private final InstrumentationModule module;
  private final Row<?> row;
  private final Rule rule;
  private volatile Sighting sighting = Sighting.NEVER;
  private final FaultRate faults = new FaultRate();
  private final AtomicBoolean said = new AtomicBoolean();
  private volatile boolean retired;

  /** The row as it is written now; equal to {@link #row}. */
  private volatile Row<?> written;

  /** For calls that begin. */
  private volatile SiteHandler handler;

  /** For calls that have begun; never another one once there is one. */
  private volatile SiteHandler running;

  Site(
      int number,
      Instrumentation instrumentation,
      InstrumentationModule module,
      Row<?> row,
      Rule rule) {
    this.number = number;
    this.instrumentation = instrumentation;
    this.module = module;
    this.row = row;
    written = row;
    this.rule = rule;
  }

  /** Returns the number that woven code passes to the probe. */
  public int number() {
    return number;
  }

  /** Returns the name of the rule's row, as in warnings; several rules may have the same name. */
  public String id() {
    return row.id();
  }

  /** Returns where a user has written the rule; {@code null} for a rule of the agent's own. */
  public String origin() {
    return written.origin();
  }

  /** Notes where the rule is written now. */
  void isWritten(Row<?> newRow) {
    written = newRow;
  }

  /** Returns whether the site is for runs only. */
  public boolean isForRuns() {
    return row.isForRuns();
  }

  /** Returns the rule. */
  public Rule rule() {
    return rule;
  }

  /** Returns the instrumentation that the rule belongs to. */
  public Instrumentation instrumentation() {
    return instrumentation;
  }

  /** Returns whether the site is for a rule of a row, where equal ones are the same. */
  boolean isFor(Row<?> otherRow, Rule otherRule) {
    return rule.equals(otherRule) && row.equals(otherRow);
  }

  /**
   * Returns the handler for calls that begin; {@code null} while the site is switched off, retired
   * or not woven yet.
   */
  SiteHandler handler() {
    return faults.isOff() ? null : handler;
  }

  /**
   * Returns the handler for calls that have begun, so that their ends are handled even if the site
   * was switched off or retired since.
   */
  SiteHandler handlerOfRunningCalls() {
    return running;
  }

  /** Returns whether the rule is gone. */
  boolean isRetired() {
    return retired;
  }

  /** Says that the rule is gone. */
  synchronized void retire() {
    retired = true;
    handler = null;
    instrumentation.forget(this);
    if (running != null) {
      running.inForce(false);
    }
  }

  /** Says that a rule that was gone is back. */
  synchronized void revive() {
    retired = false;
    handler = running;
    if (running != null) {
      running.inForce(true);
    }
  }

  /** Returns how far the agent has got with the rule's methods. */
  public Sighting sighting() {
    return sighting;
  }

  /** Notes how far the agent got with the rule's methods, unless it got further before. */
  public synchronized void saw(Sighting seen) {
    if (seen.compareTo(sighting) > 0) {
      sighting = seen;
    }
  }

  /** Makes the handler, unless the site has one. */
  public synchronized void activate(Telemetry telemetry) {
    if (running == null) {
      running = module.handler(row, telemetry); // first, for calls that begin from the next line on
    }
    if (!retired) {
      handler = running;
    }
  }

  /** Counts a fault that the handler threw on a thread of the application. */
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
   * Returns whether the rule may be the cause of a fault. If the application has exhausted the
   * stack or the heap, any code that runs next fails, and a thread that somebody stops or
   * interrupts fails wherever it is.
   */
  private static boolean isFaultOfRule(Throwable fault) {
    return !(fault instanceof VirtualMachineError
        || fault instanceof ThreadDeath
        || fault instanceof InterruptedException);
  }

  /** Returns whether the rule is switched off now. */
  boolean isOff() {
    return faults.isOff();
  }

  /**
   * Warns if the rule was switched off since the last call. Called on the agent's own thread,
   * because the application's thread on which the rule failed may have no stack left for a warning.
   */
  void report() {
    if (faults.wentOff()) {
      AgentLog.warn(
          name()
              + " is off for "
              + FaultRate.OFF_MINUTES
              + " minutes: it failed "
              + FaultRate.MAX_FAULTS
              + " times within a minute");
    }
  }

  private String name() {
    return "rule " + instrumentation.name() + "/" + id();
  }
}
