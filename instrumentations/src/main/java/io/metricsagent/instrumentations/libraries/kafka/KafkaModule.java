package io.metricsagent.instrumentations.libraries.kafka;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The consumers of {@code kafka-clients}. A poll delivers; a commit settles the deliveries before
 * its offsets. The client reports each successful commit to its interceptors, whether there are any
 * or not, and these reports are woven: they are the same for manual and automatic commits and for
 * both group protocols.
 */
@AutoService(InstrumentationModule.class)
public final class KafkaModule extends RuleTable<KafkaModule.Shared> {
  private static final String CONSUMERS = "org.apache.kafka.clients.consumer.";
  private static final String INTERNALS = CONSUMERS + "internals.";
  private static final String CONSUMER = CONSUMERS + "KafkaConsumer";
  private static final String SHARE_CONSUMER = CONSUMERS + "KafkaShareConsumer";
  private static final String RECORDS = CONSUMERS + "ConsumerRecords";
  private static final String INTERCEPTORS = INTERNALS + "ConsumerInterceptors";
  private static final String INVOKER = INTERNALS + "OffsetCommitCallbackInvoker";
  private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";
  private static final String PARTITION = "org.apache.kafka.common.TopicPartition";
  private static final String DURATION = "java.time.Duration";
  private static final String MAP = "java.util.Map";

  /** What all handlers share. */
  record Shared(KafkaTracker tracker, Transactions transactions, ShareTracker share) {}

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Shared> {
    POLL(forClass(CONSUMER, method("poll", RECORDS, DURATION), method("poll", RECORDS, "long"))),
    PART(
        forClass(INTERCEPTORS, method("onConsume", RECORDS, RECORDS)),
        forClass(INVOKER, method("executeCallbacks", "void"))),
    COMMITTED(
        forClass(INTERCEPTORS, method("onCommit", "void", MAP)),
        forClass(INVOKER, method("enqueueInterceptorInvocation", "void", MAP))),
    ASSIGNED(
        forClass(
            INTERNALS + "SubscriptionState",
            named("assignFromUser"),
            named("assignFromSubscribed"),
            named("assignFromSubscribedAwaitingCallback"),
            named("unsubscribe"))),
    SEEK(
        forClass(
            CONSUMER,
            method("seek", "void", PARTITION, "long"),
            method("seek", "void", PARTITION, CONSUMERS + "OffsetAndMetadata"),
            method("seekToBeginning", "void", "java.util.Collection"))),
    CLOSE(forClass(CONSUMER, named("close"))),
    SEND_OFFSETS(forClass(PRODUCER, named("sendOffsetsToTransaction"))),
    COMMIT_TRANSACTION(forClass(PRODUCER, method("commitTransaction", "void"))),
    ABORT_TRANSACTION(
        forClass(PRODUCER, method("abortTransaction", "void"), method("beginTransaction", "void"))),
    SHARE_POLL(forClass(SHARE_CONSUMER, method("poll", RECORDS, DURATION))),
    SHARE_ACKNOWLEDGE(
        forClass(
            SHARE_CONSUMER,
            method(
                "acknowledge",
                "void",
                CONSUMERS + "ConsumerRecord",
                CONSUMERS + "AcknowledgeType"))),
    SHARE_TAKE(forClass(INTERNALS + "ShareFetch", method("takeAcknowledgedRecords", MAP))),
    SHARE_COMPLETE(
        forClass(
                INTERNALS + "Acknowledgements",
                method("complete", "void", "org.apache.kafka.common.KafkaException"))
            .whereThereIsOne());

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, Shared shared) {
      return switch (this) {
        case POLL -> new PollHandler(shared.tracker);
        case PART -> new PartHandler(shared.tracker);
        case COMMITTED -> new CommittedHandler(shared.tracker);
        case ASSIGNED -> new AssignedHandler(shared.tracker);
        case SEEK -> new SeekHandler(shared.tracker);
        case CLOSE -> new CloseHandler(shared.tracker);
        case SEND_OFFSETS ->
            new TransactionHandler(shared.transactions, TransactionHandler.Step.SEND);
        case COMMIT_TRANSACTION ->
            new TransactionHandler(shared.transactions, TransactionHandler.Step.COMMIT);
        case ABORT_TRANSACTION ->
            new TransactionHandler(shared.transactions, TransactionHandler.Step.ABORT);
        case SHARE_POLL -> new ShareHandler(shared.share, ShareHandler.Step.POLL);
        case SHARE_ACKNOWLEDGE -> new ShareHandler(shared.share, ShareHandler.Step.ACKNOWLEDGE);
        case SHARE_TAKE -> new ShareHandler(shared.share, ShareHandler.Step.TAKE);
        case SHARE_COMPLETE -> new ShareHandler(shared.share, ShareHandler.Step.COMPLETE);
      };
    }
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<? extends Row<Shared>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Shared shared(Telemetry telemetry) {
    KafkaTracker tracker = new KafkaTracker(telemetry.registry());
    return new Shared(tracker, new Transactions(tracker), new ShareTracker(tracker.mailboxes()));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Kafka (`kafka-clients`, both group protocols)",
            "org.apache.kafka:kafka-clients",
            List.of("3.9.2", "4.2.1", "4.4.0"),
            "received, age, acknowledged by commits (also in transactions), given back by seeking,"
                + " depth (of the partitions that this process has), age of the oldest message that"
                + " is not committed; no delivery count, nothing expired or dead-lettered"),
        new Coverage(
            "Kafka share consumers (4.2 and later)",
            null,
            List.of(),
            "received, age, delivery count, acknowledged, released as given back, rejected as"
                + " dead-lettered; no depth, no oldest age, nothing expired"));
  }
}
