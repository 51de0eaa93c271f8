package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.IdTable;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.WeakTable;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Value;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;

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
    private volatile QueueNames.Named named;

    private volatile boolean isRead;

    Box(Object mailbox, IdTable ids) {
      super(mailbox);
      this.ids = ids;
    }

    /** Returns the series of the queue, under the name that the mailbox had last. */
    MailboxMetrics series() {
      return named.series();
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

  /** Stands for the receiver of static methods. */
  private static final Object NONE = new Object();

  private final MailboxRule rule;
  private final MailboxSuccession succession;
  private final QueueNames names;
  private final Value depth;
  private final boolean hasIds;
  private final boolean idsAreMessages;

  /** The boxes; {@code null} where nothing needs to be known of a mailbox. */
  private final WeakTable<Object, Box> boxes;

  /** The ids of messages whose mailboxes are not in {@link #boxes}. */
  private IdTable otherIds;

  /** The last box that is in no table; its name never changes. */
  private volatile Box other;

  private volatile boolean inForce;

  /**
   * Makes the mailboxes of a rule that is not in force yet.
   *
   * @param succession has the rules that were in force before
   */
  RuleMailbox(MailboxRule rule, Mailboxes mailboxes, MailboxSuccession succession) {
    this.rule = rule;
    this.succession = succession;
    names = new QueueNames(rule, mailboxes);
    depth = Value.of(rule.depth(), Moment.END, ArgumentPlaces.of(List.of(), List.of()));
    idsAreMessages = rule.receive() == null || rule.receive().id() == null;
    hasIds = hasIds(rule);
    boxes = rule.receive() != null || depth != null ? new WeakTable<>(MAX_MAILBOXES) : null;
    otherIds = hasIds ? new IdTable() : null;
    if (boxes != null && hasIds) {
      mailboxes.sample(this);
    }
  }

  /** Without a method that settles messages, each would stay unsettled. */
  private static boolean hasIds(MailboxRule rule) {
    boolean settles = false;
    boolean any = rule.receive() != null && rule.receive().id() != null;
    for (MailboxRule.Settle settle : rule.settlements().values()) {
      settles |= !settle.methods().isEmpty();
      any |= settle.id() != null;
    }
    return settles && any;
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
    Box box = boxes == null ? null : find(self == null ? NONE : self);
    if (box == null) {
      return other(self);
    }
    QueueNames.Named last = box.named;
    QueueNames.Named now = names.of(self, last);
    if (now != last) {
      box.named = now;
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

  private Box other(Object self) {
    Box last = other;
    QueueNames.Named named = last == null ? null : last.named;
    QueueNames.Named now = names.of(self, named);
    if (now != named) {
      last = new Box(NONE, otherIds);
      last.named = now;
      other = last;
    }
    return last;
  }

  /**
   * Says whether the rule is in force; while it is not, no level is sampled. A rule that comes into
   * force knows what the one before knew that handles messages alike.
   */
  synchronized void inForce(boolean is) {
    if (is && !inForce) {
      RuleMailbox before = succession.next(rule, this);
      if (before == this) {
        forgetMessages(); // they may have been settled meanwhile
      } else if (before != null) {
        takeOver(before);
      }
    }
    inForce = is;
  }

  private void takeOver(RuleMailbox before) {
    otherIds = before.otherIds;
    if (boxes == null || before.boxes == null) {
      return;
    }
    boolean sameNames =
        Objects.equals(rule.queue(), before.rule.queue())
            && Objects.equals(rule.system(), before.rule.system());
    before.boxes.forEach(
        known -> {
          Object mailbox = known.get();
          Box box =
              mailbox == null ? null : boxes.putIfAbsent(mailbox, new Box(mailbox, known.ids));
          if (box != null && sameNames) {
            box.named = known.named;
          }
        });
  }

  private void forgetMessages() {
    if (hasIds) {
      otherIds.clear();
      if (boxes != null) {
        boxes.forEach(box -> box.ids.clear());
      }
    }
  }

  @Override
  public void sample(LevelSample into) {
    if (!inForce) {
      return;
    }
    boxes.forEach(
        box -> {
          QueueNames.Named named = box.named;
          if (named != null) {
            box.ids.sample(named.series(), into);
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
        : depth.number(self == NONE ? null : self, null, null, null);
  }
}
