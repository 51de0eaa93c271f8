package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.FrameStack;

/**
 * The depth of one mailbox for one snapshot. {@link DepthRound} says which thread uses it when;
 * refers to the mailbox weakly.
 */
final class DepthReading {
  static final long UNKNOWN = -1;

  private final RuleMailbox mailboxes;
  private final RuleMailbox.Box box;
  private final MailboxMetrics series;

  /** Set by {@link DepthRound}, under its lock. */
  private boolean begunAtOnce;

  private boolean ended;
  private long depth = UNKNOWN;

  DepthReading(RuleMailbox mailboxes, RuleMailbox.Box box) {
    this.mailboxes = mailboxes;
    this.box = box;
    series = box.series();
  }

  /** Notes that the reading begins; until it has ended, nothing else is asked of the mailbox. */
  void begin(boolean atOnce) {
    begunAtOnce = atOnce;
    box.isRead(true);
  }

  /** Calls the application's method; returns what it says, and -1 if it says nothing. */
  long read() {
    FrameStack stack = FrameStack.current();
    boolean first = stack.beginReading();
    try {
      return mailboxes.depth(box);
    } catch (Throwable fault) {
      return UNKNOWN; // of the application's method; the other mailboxes have depths
    } finally {
      if (first) {
        stack.endReading();
      }
    }
  }

  /** Notes that the method has returned, so that the mailbox may be asked again. */
  void returned() {
    box.isRead(false);
  }

  /** Notes the depth, in time for the snapshot. */
  void ended(long is) {
    depth = is;
    ended = true;
  }

  /** Returns whether the reading ended in time. */
  boolean hasEnded() {
    return ended;
  }

  /** Returns whether the reading began about as early as the snapshot. */
  boolean hasBegunAtOnce() {
    return begunAtOnce;
  }

  /** Returns the mailboxes of the rule. */
  RuleMailbox mailboxes() {
    return mailboxes;
  }

  /** Returns the series of the queue. */
  MailboxMetrics series() {
    return series;
  }

  /** Returns the depth; -1 if it is unknown. */
  long depth() {
    return depth;
  }
}
