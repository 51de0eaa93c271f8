package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.mailboxes.IdTable;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.WeakTable;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * The mailboxes of one rule: their queues, their depths, and which of their messages are settled.
 * Thread-safe; refers to mailboxes weakly and to no message.
 *
 * <p>Several objects may stand for one queue. {@link RuleDepths} has the depths read.
 */
final class RuleMailbox implements LevelSource {
  private static final int MAX_MAILBOXES = 1024;

  /** A mailbox object, or what objects have in common of which nothing needs to be known. */
  static final class Box extends WeakReference<Object> {
    private final IdTable ids;

    /** The series of the queue, with the name that it was found by. */
    private volatile Named named;

    private volatile boolean isRead;

    Box(Object mailbox, IdTable ids) {
      super(mailbox);
      this.ids = ids;
    }

    /** Returns the series of the queue, under the name that the mailbox had last. */
    MailboxMetrics series() {
      return named.series;
    }

    /** Says whether the depth is being read; while it is, it is not read again. */
    void isRead(boolean is) {
      isRead = is;
    }

    /** Notes that a message was received. */
    void received(long id, long sentMillis) {
      ids.received(id, sentMillis);
    }

    /** Settles a message; returns whether that counts. */
    boolean settle(long id) {
      return ids.settle(id);
    }
  }

  private record Named(String queue, String system, MailboxMetrics series) {
    boolean isOf(String otherQueue, String otherSystem) {
      return queue.equals(otherQueue)
          && (system == null ? otherSystem == null : system.equals(otherSystem));
    }
  }

  private final String type;
  private final Value queue;
  private final Value system;
  private final Value depth;
  private final Mailboxes mailboxes;
  private final boolean hasIds;
  private final boolean idsAreMessages;

  /** The boxes; {@code null} where nothing needs to be known of a mailbox. */
  private final WeakTable<Object, Box> boxes;

  /** Stands for the receiver of static methods. */
  private final Object none = new Object();

  /** The ids of messages whose mailboxes are not in {@link #boxes}. */
  private final IdTable otherIds;

  /** The last box that is in no table; its name never changes. */
  private volatile Box other;

  private volatile boolean inForce = true;

  RuleMailbox(MailboxRule rule, Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
    type = ClassNames.simple(rule.type().name());
    ArgumentPlaces places = ArgumentPlaces.of(List.of(), List.of());
    queue = ofReceiver(rule.queue(), places);
    system = ofReceiver(rule.system(), places);
    depth = ofReceiver(rule.depth(), places);
    idsAreMessages = rule.receive() == null || rule.receive().id() == null;
    hasIds = hasIds(rule);
    boxes = rule.receive() != null || depth != null ? new WeakTable<>(MAX_MAILBOXES) : null;
    otherIds = hasIds ? new IdTable() : null;
    if (boxes != null && hasIds) {
      mailboxes.sample(this);
    }
  }

  private static Value ofReceiver(Expression expression, ArgumentPlaces places) {
    return Value.of(expression, Moment.END, places);
  }

  private static boolean hasIds(MailboxRule rule) {
    boolean any = rule.receive() != null && rule.receive().id() != null;
    for (MailboxRule.Settle settle : rule.settlements().values()) {
      any |= settle.id() != null;
    }
    return any;
  }

  /** Returns whether the rule says what identifies a message, so that it is settled once. */
  boolean hasIds() {
    return hasIds;
  }

  /** Returns the hash of an id. */
  long hash(Object id) {
    return IdTable.hash(id, idsAreMessages);
  }

  /** Returns a mailbox, with the name that its queue has now. */
  Box of(Object self) {
    String said = queue == null ? null : queue.text(self, null, null, null);
    String name = said == null ? ClassNames.of(self, type) : said;
    String ofSystem = system == null ? null : system.text(self, null, null, null);
    Box box = boxes == null ? null : find(self == null ? none : self);
    if (box == null) {
      return other(name, ofSystem);
    }
    Named last = box.named;
    if (last == null || !last.isOf(name, ofSystem)) {
      box.named = new Named(name, ofSystem, mailboxes.of(name, ofSystem));
    }
    return box;
  }

  /** Returns the box of an object; {@code null} if there is no place for it. */
  private Box find(Object key) {
    Box known = boxes.get(key);
    if (known != null || !boxes.hasPlace(key)) {
      return known;
    }
    return boxes.putIfAbsent(key, new Box(key, hasIds ? new IdTable() : null));
  }

  private Box other(String name, String ofSystem) {
    Box last = other;
    if (last == null || !last.named.isOf(name, ofSystem)) {
      last = new Box(none, otherIds);
      last.named = new Named(name, ofSystem, mailboxes.of(name, ofSystem));
      other = last;
    }
    return last;
  }

  /** Says whether the rule is in force; while it is not, no level is sampled. */
  void inForce(boolean is) {
    inForce = is;
  }

  @Override
  public void sample(LevelSample into) {
    if (!inForce) {
      return;
    }
    boxes.forEach(
        box -> {
          Named named = box.named;
          if (named != null) {
            box.ids.sample(named.series, into);
          }
        });
  }

  /** Adds a reading of each mailbox, unless its depth is being read. */
  void addReadings(List<DepthReading> readings) {
    if (!inForce) {
      return;
    }
    boxes.forEach(
        box -> {
          if (box.named != null && !box.isRead) {
            readings.add(new DepthReading(this, box));
          }
        });
  }

  /**
   * Returns the depth of a mailbox now; -1 if it is unknown. Calls a method of the application,
   * which may block.
   */
  long depth(Box box) {
    Object self = box.get();
    return self == null
        ? DepthReading.UNKNOWN
        : depth.number(self == none ? null : self, null, null, null);
  }
}
