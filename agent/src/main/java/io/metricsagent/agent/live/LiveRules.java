package io.metricsagent.agent.live;

import io.metricsagent.agent.flush.Chore;
import io.metricsagent.agent.live.RuleSource.Ruleset;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.user.UnwovenTargets;
import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks at the rule files every {@value #EVERY_SECONDS} seconds and puts the rules in force that
 * they have now. Files that are missing or cannot be read leave the rules as they are. Also has
 * rules reported whose classes are not loaded. Runs on the agent's thread.
 */
public final class LiveRules implements Chore {
  private static final int EVERY_SECONDS = 2;
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(EVERY_SECONDS);

  /** When a file that is changing is looked at again. */
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A wait that does not end while a JVM runs, and that can be added to any time. */
  private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(36_500);

  private final WatchedFiles files;
  private final RuleSource source;
  private final RulesInForce force;
  private final UnwovenTargets unwoven;
  private final LongSupplier nanoTime;
  private long due;
  private boolean said;

  /** Whether the log says that files could not be read and that older rules stay in force. */
  private boolean saidStay;

  /**
   * Prepares to look.
   *
   * @param files must have had their first look before the rules were first read
   * @param source called when files have changed
   * @param nanoTime the clock of the flush loop
   */
  public LiveRules(
      WatchedFiles files,
      RuleSource source,
      RulesInForce force,
      UnwovenTargets unwoven,
      LongSupplier nanoTime) {
    this.files = files;
    this.source = source;
    this.force = force;
    this.unwoven = unwoven;
    this.nanoTime = nanoTime;
    due = nanoTime.getAsLong();
  }

  @Override
  public long dueNanos() {
    return due;
  }

  @Override
  public void run() {
    long wait = EVERY_NANOS;
    try {
      long nextReport = unwoven.look();
      if (files.isEmpty()) {
        wait = Math.min(FOREVER_NANOS, nextReport);
      } else {
        look();
        wait = files.isChanging() ? SOON_NANOS : EVERY_NANOS;
      }
    } catch (Throwable t) {
      files.mustReadAgain();
      failed(t);
    } finally {
      due = nanoTime.getAsLong() + wait;
    }
  }

  /** Reports the rules that were never woven and that were not reported yet; for the JVM's end. */
  public void reportUnwoven() {
    unwoven.report();
  }

  private void look() {
    List<File> changed = files.look();
    if (changed.isEmpty()) {
      if (!files.isChanging()) {
        force.weaveLate();
      }
      return;
    }
    files.willRead();
    List<File> empty = files.empty();
    if (!empty.isEmpty()) {
      stay(names(empty) + (empty.size() == 1 ? " is" : " are") + " missing or empty");
      return;
    }
    Ruleset next = source.read();
    if (next == null) {
      stay(names(changed) + ": not all of it can be read");
      return;
    }
    String what = force.replace(next);
    if (what == null && saidStay) {
      what = "read again; " + asBefore(RuleDifference.count(next.rules()));
    }
    saidStay = false;
    if (what != null) {
      AgentLog.info(names(changed) + ": " + what);
    }
  }

  private void stay(String why) {
    saidStay = true;
    AgentLog.warn(why + "; the rules that were read last stay in force");
  }

  private String asBefore(int rules) {
    String whose = files.isOne() ? "its " : "of all files, the ";
    return whose + rules + (rules == 1 ? " rule is as before" : " rules are as before");
  }

  private static String names(List<File> files) {
    StringBuilder names = new StringBuilder();
    for (File file : files) {
      names.append(names.length() == 0 ? "" : ", ").append(file.getPath());
    }
    return names.toString();
  }

  /** Tells the first fault; whatever it was, the next look tries again. */
  private void failed(Throwable fault) {
    if (!said) {
      said = true;
      try {
        AgentLog.log(
            AgentLog.Level.WARN,
            "the rules could not be changed: " + fault + "; it is tried again every 2 seconds",
            fault);
      } catch (Throwable ignored) {
        // No memory is left for the message.
      }
    }
  }
}
