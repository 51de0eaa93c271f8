package io.metricsagent.bootstrap.measures;

import static io.metricsagent.bootstrap.measures.MeasureType.COUNTER;
import static io.metricsagent.bootstrap.measures.MeasureType.DISTRIBUTION;
import static io.metricsagent.bootstrap.measures.MeasureType.GAUGE;
import static io.metricsagent.bootstrap.measures.MeasureType.GAUGE_MILLIS;
import static io.metricsagent.bootstrap.measures.MeasureType.LATENCY;
import static io.metricsagent.bootstrap.measures.MeasureType.OUTCOMES;

import java.util.List;

/** Messages of a queue. */
public final class MailboxMeasures {
  private static final String MESSAGE = "{message}";
  private static final String OPERATION = "messaging.operation.name";
  private static final String CLIENT_OPERATION = "messaging.client.operation.duration";
  private static final String ON_REQUEST = "where `metrics.agent.messaging` is `true`";

  private static final Kind.Builder ALL =
      new Kind.Builder(
          "mailboxes",
          false,
          List.of(
              Label.of("queue_name", "queue", "messaging.destination.name"),
              Label.of("system", "system", "messaging.system")
                  .onStatsd(Label.StatsdTag.IF_AMBIGUOUS)));

  /** Age of messages when they were received. */
  public static final Measure LAG =
      ALL.add(
          Measure.time(LATENCY, "mailbox.lag")
              .json("queue_lag")
              .prometheus("Age of messages when they were received.")
              .otlp("Age of messages when they were received")
              .column(80, "lag p50 ms", "p50")
              .column(90, "lag p95 ms", "p95"));

  /** Messages at their 1st, 2nd … 9th, and 10th or later delivery. */
  public static final Measure DELIVERY_COUNTS =
      ALL.add(Measure.of(DISTRIBUTION, "mailbox.delivery_count_dist", MESSAGE).jsonOnly());

  /** Messages handed to the application; each delivery counts. */
  public static final Measure RECEIVED =
      counter(
          "mailbox.received",
          "messages_received",
          "Messages received, once each delivery.",
          "Messages handed to the application",
          10,
          "received");

  /** Messages settled as processed. */
  public static final Measure ACKED =
      counter(
          "mailbox.acked",
          "messages_acked",
          "Messages settled as processed.",
          "Messages settled as processed",
          20,
          "acked");

  /** Messages given back to the queue. */
  public static final Measure NACKED =
      counter(
          "mailbox.nacked",
          "messages_nacked",
          "Messages given back to the queue.",
          "Messages given back to the queue",
          30,
          "nacked");

  /** Messages whose time to live ran out. */
  public static final Measure EXPIRED =
      counter(
          "mailbox.expired",
          "messages_expired",
          "Messages whose time to live ran out.",
          "Messages whose time to live ran out",
          40,
          "expired");

  /** Messages moved to a dead-letter queue. */
  public static final Measure DEAD_LETTERED =
      counter(
          "mailbox.dead_lettered",
          "messages_dead_lettered",
          "Messages moved to a dead-letter queue.",
          "Messages moved to a dead-letter queue",
          50,
          "dead");

  /** The sum of delivery count - 1 over all deliveries whose count is known. */
  public static final Measure RETRIES =
      ALL.add(
          Measure.of(COUNTER, "mailbox.retries", "{delivery}")
              .json("total_retries")
              .prometheus("Sum of delivery count - 1 over all deliveries.")
              .otlp("Deliveries beyond the first")
              .column(60, "retries"));

  /** Messages that wait. */
  public static final Measure DEPTH =
      ALL.add(
          Measure.of(GAUGE, "mailbox.depth", MESSAGE)
              .json("queue_depth")
              .prometheus("Messages waiting.")
              .otlp("Messages that wait")
              .column(70, "depth")
              .known("where the client or a queue's own method tells it"));

  /** Age of the oldest message that this process has received and not settled. */
  public static final Measure OLDEST_AGE =
      ALL.add(
          Measure.time(GAUGE_MILLIS, "mailbox.oldest_age")
              .json("oldest_message_age_ms")
              .prometheus("Age of the oldest message.")
              .otlp("Age of the oldest message that waits")
              .known("where this process has messages that are not settled"));

  /** Tasks that a thread pool did not take, because it was full or shut down. */
  public static final Measure REJECTED =
      ALL.add(
          Measure.of(COUNTER, "mailbox.rejected", MESSAGE)
              .json("messages_rejected")
              .sparse()
              .prometheusIfPositive("Tasks that a full or closed thread pool did not take.")
              .otlpIfPositive("Tasks that a full or closed thread pool did not take")
              .optionalColumn(55, "rejected"));

  /** Messages that were sent in the future, as far as the two clocks say; their age is 0. */
  public static final Measure NEGATIVE_AGES =
      ALL.add(
          Measure.of(COUNTER, "mailbox.negative_ages", MESSAGE)
              .sparse()
              .prometheusIfPositive("Messages whose age was negative and counts as 0.")
              .otlpIfPositive("Messages whose age was negative and counts as 0")
              .optionalColumn(85, "negative ages"));

  /** The same as {@link #RECEIVED}, under OpenTelemetry's name. */
  public static final Measure CONSUMED =
      ALL.add(
          Measure.of(COUNTER, "mailbox.consumed", MESSAGE)
              .otlpOnly()
              .otlpOnRequest(
                  "messaging.client.consumed.messages",
                  "Number of messages that were delivered to the application")
              .attribute(OPERATION, "receive")
              .known(ON_REQUEST));

  /** How long a call took that got at least one message, or failed. */
  public static final Measure RECEIVE_DURATION =
      operation(
          "mailbox.receive_duration",
          "Calls of the application that got messages or failed.",
          CLIENT_OPERATION,
          "Duration of messaging operation initiated by a producer or consumer client",
          "receive",
          "Kafka, share consumers, JMS, `basicGet` of RabbitMQ, SQS, NATS and Redis Streams");

  /** How long a call took that settled messages, or failed to. */
  public static final Measure SETTLE_DURATION =
      operation(
          "mailbox.settle_duration",
          "Calls of the application that settled messages or failed to.",
          CLIENT_OPERATION,
          "Duration of messaging operation initiated by a producer or consumer client",
          "settle",
          "`commitSync` and, with a callback, `commitAsync` of Kafka, `acknowledge` of JMS,"
              + " deletions of SQS, NATS JetStream and Redis Streams");

  /** How long a listener of the application took for a message or a batch, also if it failed. */
  public static final Measure PROCESS_DURATION =
      operation(
          "mailbox.process_duration",
          "Calls of listeners of the application, failed ones too.",
          "messaging.process.duration",
          "Duration of processing operation",
          "process",
          "listeners of JMS, Pulsar and Spring for Apache Kafka, consumers of RabbitMQ, handlers of"
              + " NATS JetStream, and actors of Pekko and Akka");

  /** Ages that were computed from a time stamp, by the clock that set it. */
  private static final List<Measure> AGES_BY_SOURCE =
      List.of(
          ages("mailbox.ages_by_producer_clock", "the producer's clock"),
          ages("mailbox.ages_by_broker_clock", "the broker's clock"),
          ages("mailbox.ages_by_local_clock", "a clock of this process"));

  /** The kind of all mailbox series. */
  public static final Kind KIND = ALL.build();

  private MailboxMeasures() {}

  /** Returns the measure that counts the ages from time stamps of one clock. */
  public static Measure ages(AgeSource source) {
    return AGES_BY_SOURCE.get(source.ordinal());
  }

  private static Measure ages(String name, String clock) {
    return ALL.add(
        Measure.of(COUNTER, name, MESSAGE)
            .sparse()
            .prometheusIfPositive("Ages whose time stamp is from " + clock + ".")
            .otlpIfPositive("Ages whose time stamp is from " + clock));
  }

  private static Measure operation(
      String name,
      String help,
      String conventional,
      String description,
      String operation,
      String libraries) {
    return ALL.add(
        Measure.time(OUTCOMES, name)
            .sparse()
            .prometheus(help)
            .otlpOnRequest(conventional, description)
            .attribute(OPERATION, operation)
            .attribute("messaging.operation.type", operation)
            .known(libraries + " " + ON_REQUEST));
  }

  private static Measure counter(
      String name, String json, String help, String description, int place, String header) {
    return ALL.add(
        Measure.of(COUNTER, name, MESSAGE)
            .json(json)
            .prometheus(help)
            .otlp(description)
            .column(place, header));
  }
}
