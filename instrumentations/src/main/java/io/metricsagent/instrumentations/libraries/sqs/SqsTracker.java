package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.QueueDepths;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The queues and clients that the application uses, and what becomes of messages. Thread-safe. */
final class SqsTracker {
  private static final int MAX_CLIENTS = 10_000;
  private static final int MAX_QUEUES = 10_000;

  private static final Accessor QUEUE_URL = Accessor.path("queueUrl()");
  private static final Accessor RECEIPT = Accessor.path("receiptHandle()");
  private static final Accessor MESSAGE_ID = Accessor.path("messageId()");

  private final Mailboxes mailboxes;
  private final QueueDepths depths;
  private final Map<String, SqsQueue> queues = new ConcurrentHashMap<>();
  private final WeakMap<Object, SqsClient> clients = new WeakMap<>(MAX_CLIENTS);
  private final ReceiptTable receipts = new ReceiptTable();

  /** Messages whose death was told, by their ids. */
  private final ReceiptTable deaths = new ReceiptTable();

  private final AtomicBoolean sampled = new AtomicBoolean();

  SqsTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
    depths = new QueueDepths(mailboxes);
  }

  /** Returns the time at which an operation begins; 0 if operations are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  ReceiptTable receipts() {
    return receipts;
  }

  /** Returns the queue that a request names. */
  SqsQueue queueOf(Object request) {
    String url = QUEUE_URL.readString(request);
    SqsQueue known = url == null ? null : queues.get(url);
    if (known == null) {
      known = new SqsQueue(mailboxes, url);
      if (url != null && queues.size() < MAX_QUEUES) {
        SqsQueue other = queues.putIfAbsent(url, known);
        return other == null ? known : other;
      }
    }
    return known;
  }

  SqsClient client(Object client) {
    SqsClient known = clients.get(client);
    return known == null ? clients.putIfAbsent(client, new SqsClient(client)) : known;
  }

  /**
   * A client is closed. That settles nothing: its messages are visible again when their time is
   * over, and another client may still delete them.
   */
  void closed(Object client) {
    SqsClient known = clients.remove(client);
    if (known != null) {
      receipts.forget(known);
    }
  }

  /** Returns whether no client and no delivery without an outcome is known. */
  boolean isEmpty() {
    return clients.isEmpty() && receipts.unsettled() == 0;
  }

  /**
   * SQS has delivered a message.
   *
   * @param fetched whether the application gets the message only later
   * @param visibleMillis until when nobody else gets the message
   */
  void delivered(
      SqsQueue queue,
      SqsClient client,
      Object message,
      boolean fetched,
      long nowMillis,
      long visibleMillis) {
    Map<?, ?> attributes = SystemAttributes.of(message);
    long sentMillis = SystemAttributes.sentMillis(attributes);
    long deliveryCount = SystemAttributes.deliveryCount(attributes);
    MailboxMetrics mailbox = queue.mailbox();
    String receipt = RECEIPT.readString(message);
    if (!fetched || receipt == null) {
      mailbox.recordDelivered(1, deliveryCount, sentMillis, nowMillis, AgeSource.BROKER_CLOCK);
    }
    if (receipt != null) {
      receipts.delivered(
          Receipts.numberOf(receipt),
          fetched ? ReceiptSet.FETCHED : ReceiptSet.UNSETTLED,
          client,
          mailbox,
          sentMillis,
          deliveryCount,
          visibleMillis);
      sampleReceipts();
    }
    String source = SqsQueue.nameIn(SystemAttributes.deadLetterSource(attributes));
    if (source != null) {
      tellDeath(source, message, nowMillis);
    }
  }

  private void sampleReceipts() {
    if (!sampled.get() && sampled.compareAndSet(false, true)) {
      mailboxes.sample(receipts);
    }
  }

  /**
   * Records a dead letter for the queue in which the message was received too often, when it is
   * first received from the queue of dead letters. Its receive count does not tell that: it goes on
   * from the one that it had in the first queue.
   */
  private void tellDeath(String source, Object message, long nowMillis) {
    String id = MESSAGE_ID.readString(message);
    if (id == null || deaths.isNews(Receipts.numberOf(id), nowMillis)) {
      Outcome.DEAD_LETTERED.record(mailboxes.of(source, SqsQueue.SYSTEM), 1);
    }
  }

  /** The batch manager gives the application a message that it fetched before. */
  void handedOver(SqsQueue queue, Object message, long nowMillis) {
    String receipt = RECEIPT.readString(message);
    if (receipt != null && !receipts.handedOver(Receipts.numberOf(receipt), nowMillis)) {
      queue
          .mailbox()
          .recordDelivered(1, MailboxMetrics.UNKNOWN, 0, nowMillis, AgeSource.BROKER_CLOCK);
    }
  }

  /** SQS has deleted the message of a request, or of an entry of a batch. */
  void deleted(SqsQueue queue, Object entry, long nowMillis) {
    String receipt = RECEIPT.readString(entry);
    if (receipt != null) {
      receipts.settle(Receipts.numberOf(receipt), Outcome.ACKED, queue.mailbox(), nowMillis);
    }
  }

  /**
   * SQS has changed how long the message of a request, or of an entry of a batch, is invisible.
   *
   * @param seconds 0 for a message that is given back; a negative number is unknown
   */
  void visibilityChanged(SqsQueue queue, Object entry, long seconds, long nowMillis) {
    String receipt = RECEIPT.readString(entry);
    if (receipt == null) {
      return;
    }
    if (seconds == 0) {
      receipts.settle(Receipts.numberOf(receipt), Outcome.NACKED, queue.mailbox(), nowMillis);
    } else if (seconds > 0) {
      receipts.visibleAgain(
          Receipts.numberOf(receipt), nowMillis + TimeUnit.SECONDS.toMillis(seconds));
    }
  }

  /** SQS has told the application about a queue. */
  void described(SqsQueue queue, Map<?, ?> attributes) {
    long waiting = SystemAttributes.number(attributes, "ApproximateNumberOfMessages");
    if (waiting >= 0) {
      depths.left(queue.mailbox(), waiting);
    }
    queue.visibilitySeconds(SystemAttributes.number(attributes, "VisibilityTimeout"));
  }
}
