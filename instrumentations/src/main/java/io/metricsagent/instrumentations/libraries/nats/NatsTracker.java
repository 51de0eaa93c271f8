package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Finds the consumer of a message, and records messages and what settles them. Thread-safe; keeps
 * no object of the application alive.
 */
final class NatsTracker {
  static final String SYSTEM = "nats";

  private static final int MAX_CONSUMERS = 2_000;
  private static final int MAX_INBOX_PREFIXES = 16;
  private static final Accessor REPLY_TO = Accessor.path("getReplyTo()");
  private static final Accessor CONNECTION = Accessor.path("getConnection()");
  private static final Accessor SUBJECT = Accessor.path("getSubject()");

  /** How the streams begin that NATS keeps key-value and object stores in. */
  private static final String[] STORES = {"KV_", "OBJ_"};

  /** How the subjects begin that belong to NATS itself. */
  private static final String SYSTEMS_OWN = "$";

  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;
  private final ConsumerTable consumers = new ConsumerTable(MAX_CONSUMERS);
  private final Servers servers = new Servers();
  private final RecentSettlements settlements = new RecentSettlements();
  private volatile String[] inboxPrefixes = {"_INBOX."};

  NatsTracker(Registry registry, LongSupplier nanoClock) {
    mailboxes = new Mailboxes(registry);
    this.nanoClock = nanoClock;
  }

  /** Returns the servers of connections. */
  Servers servers() {
    return servers;
  }

  /**
   * The client is told about a consumer.
   *
   * @param server one of {@link #servers}
   */
  void learnt(String server, Object consumerInfo) {
    ConsumerFacts facts = ConsumerFacts.of(consumerInfo);
    if (facts == null) {
      return;
    }
    String queue = facts.stream() + "." + facts.consumer();
    ConsumerState known = consumers.find(server, queue, 0, queue.length());
    if (known != null && known.facts().equals(facts)) {
      return;
    }
    follow(server, queue, facts);
    if (known != null) {
      known.retire();
    }
  }

  /** Returns the state of a consumer that is followed from now on, or that there is no room for. */
  private ConsumerState follow(String server, String queue, ConsumerFacts facts) {
    ConsumerState state = new ConsumerState(facts, mailboxes, nanoClock);
    return consumers.put(server, queue, state, nanoClock.getAsLong())
        ? state
        : ConsumerState.notFollowed(facts, mailboxes, nanoClock);
  }

  /** Returns what the client was told about a consumer, by whichever connection; else a guess. */
  private ConsumerFacts facts(String server, String queue) {
    ConsumerFacts told = consumers.facts(server, queue);
    if (told == null && server != Servers.UNKNOWN) {
      told = consumers.facts(Servers.UNKNOWN, queue);
    }
    int dot = queue.indexOf('.');
    return told == null
        ? ConsumerFacts.assumed(queue.substring(0, dot), queue.substring(dot + 1))
        : told;
  }

  /** A message of JetStream is handed to the application. */
  void delivered(Object message) {
    String subject = (String) REPLY_TO.read(message);
    int at = AckSubject.queueAt(subject);
    if (at < 0 || isOfStore(subject, at)) {
      return;
    }
    int end = AckSubject.queueEnd(subject, at);
    String server = servers.of(CONNECTION.read(message));
    ConsumerState state = consumers.find(server, subject, at, end);
    if (state == null) {
      String queue = subject.substring(at, end);
      state = follow(server, queue, facts(server, queue));
    }
    state.delivered(subject, end);
    tellCall(state.mailbox());
  }

  /** Tells the call that is timed on this thread, if there is one, which queue it is of. */
  private void tellCall(MailboxMetrics mailbox) {
    if (mailboxes.timesOperations()
        && FrameStack.current().top() instanceof MailboxFrame call
        && call.self() == this) {
      call.of(mailbox);
    }
  }

  /** Returns the time at which an operation begins; 0 if operations are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /** Returns the queue of a message that a consumer has handed over, else {@code null}. */
  MailboxMetrics queueOf(Object message) {
    String subject = (String) REPLY_TO.read(message);
    int at = AckSubject.queueAt(subject);
    ConsumerState state =
        at < 0 ? null : consumer(message, subject, at, AckSubject.queueEnd(subject, at));
    return state == null ? null : state.mailbox();
  }

  /**
   * Returns the consumer of a message that is settled; {@code null} if it has handed over none. Of
   * one that is not followed, because there was no room, it is assumed that it has.
   */
  private ConsumerState consumer(Object message, String subject, int at, int end) {
    String server = servers.of(CONNECTION.read(message));
    ConsumerState state = consumers.find(server, subject, at, end);
    if (state != null || !consumers.lacksConsumers()) {
      return state;
    }
    ConsumerFacts facts = facts(server, subject.substring(at, end));
    return ConsumerState.notFollowed(facts, mailboxes, nanoClock);
  }

  private static boolean isOfStore(String subject, int at) {
    for (String store : STORES) {
      if (subject.startsWith(store, at)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The application has said something about a message of JetStream that it has not settled before.
   * What no consumer has handed over is not counted.
   */
  void told(Object message, Settlement settlement) {
    String subject = (String) REPLY_TO.read(message);
    int at = AckSubject.queueAt(subject);
    if (at < 0 || settlement.isFinal() && !settlements.isFirst(message, subject)) {
      return;
    }
    int end = AckSubject.queueEnd(subject, at);
    ConsumerState state = consumer(message, subject, at, end);
    if (state != null) {
      state.told(settlement, subject, end);
    }
  }

  /**
   * A message of NATS itself is handed to the application, by a subscription. It is delivered once
   * at most, so it is settled by that. Answers to requests are messages of no mailbox.
   */
  void deliveredOnce(Object subscription) {
    String subject = (String) SUBJECT.read(subscription);
    if (subject == null || subject.startsWith(SYSTEMS_OWN) || isInbox(subject)) {
      return;
    }
    MailboxMetrics mailbox = mailboxes.of(subject, SYSTEM);
    mailbox.recordReceived(1, MailboxMetrics.UNKNOWN);
    mailbox.recordAcked(1);
    tellCall(mailbox);
  }

  private boolean isInbox(String subject) {
    for (String prefix : inboxPrefixes) {
      if (subject.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The client has made the name of an inbox: applications may choose how these begin. */
  void inboxMade(String inbox) {
    if (inbox != null && !isInbox(inbox)) {
      learnPrefix(inbox.substring(0, inbox.lastIndexOf('.') + 1));
    }
  }

  private synchronized void learnPrefix(String prefix) {
    if (!prefix.isEmpty() && !isInbox(prefix) && inboxPrefixes.length < MAX_INBOX_PREFIXES) {
      String[] more = Arrays.copyOf(inboxPrefixes, inboxPrefixes.length + 1);
      more[more.length - 1] = prefix;
      inboxPrefixes = more;
    }
  }

  int consumers() {
    return consumers.size();
  }
}
