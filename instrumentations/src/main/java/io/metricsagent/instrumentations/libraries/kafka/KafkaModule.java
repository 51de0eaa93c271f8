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
 *
 * <p>Where a listener container of Spring polls, its call of the listener delivers, and a poll does
 * not; the commits of its consumer settle.
 */
@AutoService(InstrumentationModule.class)
public final class KafkaModule extends RuleTable<KafkaModule.Shared> {
  private static final String CONSUMERS = "org.apache.kafka.clients.consumer.";
  private static final String INTERNALS = CONSUMERS + "internals.";
  private static final String CONSUMER = CONSUMERS + "KafkaConsumer";
  private static final String SHARE_CONSUMER = CONSUMERS + "KafkaShareConsumer";
  private static final String CALLBACK = CONSUMERS + "OffsetCommitCallback";
  private static final String RECORDS = CONSUMERS + "ConsumerRecords";
  private static final String INTERCEPTORS = INTERNALS + "ConsumerInterceptors";
  private static final String INVOKER = INTERNALS + "OffsetCommitCallbackInvoker";
  private static final String PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";
  private static final String PARTITION = "org.apache.kafka.common.TopicPartition";
  private static final String DURATION = "java.time.Duration";
  private static final String MAP = "java.util.Map";
  private static final String RECORD = CONSUMERS + "ConsumerRecord";
  private static final String FAILURE = "java.lang.RuntimeException";
  private static final String SPRING = "org.springframework.kafka.";
  private static final String LISTENERS = SPRING + "listener.";
  private static final String CONTAINER =
      LISTENERS + "KafkaMessageListenerContainer$ListenerConsumer";
  private static final String DESTINATION = SPRING + "retrytopic.DestinationTopic";

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
    COMMIT(forClass(CONSUMER, named("commitSync"))),
    COMMIT_ASYNC(forClass(CONSUMER, method("commitAsync", "void", CALLBACK)).replacingArgument(0)),
    COMMIT_ASYNC_OFFSETS(
        forClass(CONSUMER, method("commitAsync", "void", MAP, CALLBACK)).replacingArgument(1)),
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
                method("seekToBeginning", "void", "java.util.Collection"))
            .boxingPrimitives()),
    CLOSE(forClass(CONSUMER, named("close"))),
    SEND_OFFSETS(forClass(PRODUCER, named("sendOffsetsToTransaction"))),
    COMMIT_TRANSACTION(forClass(PRODUCER, method("commitTransaction", "void"))),
    ABORT_TRANSACTION(
        forClass(PRODUCER, method("abortTransaction", "void"), method("beginTransaction", "void"))),
    SHARE_POLL(forClass(SHARE_CONSUMER, method("poll", RECORDS, DURATION))),
    SHARE_COMMIT(
        forClass(SHARE_CONSUMER, method("commitSync", MAP), method("commitSync", MAP, DURATION))),
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
            .whereThereIsOne()),
    SPRING_CONTAINER(
        forClass(
            CONTAINER,
            method(
                "checkConsumerSeekAware",
                LISTENERS + "ConsumerSeekAware",
                LISTENERS + "GenericMessageListener"))),
    SPRING_POLL(forClass(CONTAINER, method("pollConsumer", RECORDS))),
    SPRING_RECORD(forClass(CONTAINER, method("invokeOnMessage", "void", RECORD))),
    SPRING_RECORD_IN_TIME(
        forClass(
            LISTENERS + "adapter.KafkaBackoffAwareMessageListenerAdapter",
            method(
                "invokeDelegateOnMessage",
                "void",
                RECORD,
                SPRING + "support.Acknowledgment",
                CONSUMERS + "Consumer"))),
    SPRING_BATCH(
        forClass(
            CONTAINER,
            method("invokeBatchOnMessageWithRecordsOrList", "void", RECORDS, "java.util.List"))),
    SPRING_ROLLBACK(
        forClass(
            CONTAINER,
            method("recordAfterRollback", "void", "java.util.Iterator", RECORD, FAILURE))),
    SPRING_BATCH_ROLLBACK(
        forClass(CONTAINER, method("batchRollback", "void", RECORDS, "java.util.List", FAILURE))),
    SPRING_LATE_FAILURE(
        forClass(CONTAINER, method("callbackForAsyncFailure", "void", RECORD, FAILURE))),
    SPRING_RECOVER(
        forClass(
            LISTENERS + "DeadLetterPublishingRecoverer",
            method("accept", "void", RECORD, CONSUMERS + "Consumer", "java.lang.Exception"))),
    SPRING_RESOLVE(
        forClass(
            SPRING + "retrytopic.DefaultDestinationTopicResolver",
            method(
                "resolveDestinationTopic",
                DESTINATION,
                "java.lang.String",
                "java.lang.String",
                "java.lang.Integer",
                "java.lang.Exception",
                "long")));

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
        case COMMIT -> new CommitHandler(shared.tracker);
        case COMMIT_ASYNC ->
            new AsyncCommitHandler(shared.tracker, AsyncCommitHandler.Callback.FIRST);
        case COMMIT_ASYNC_OFFSETS ->
            new AsyncCommitHandler(shared.tracker, AsyncCommitHandler.Callback.SECOND);
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
        case SHARE_COMMIT -> new ShareHandler(shared.share, ShareHandler.Step.COMMIT);
        case SHARE_ACKNOWLEDGE -> new ShareHandler(shared.share, ShareHandler.Step.ACKNOWLEDGE);
        case SHARE_TAKE -> new ShareHandler(shared.share, ShareHandler.Step.TAKE);
        case SHARE_COMPLETE -> new ShareHandler(shared.share, ShareHandler.Step.COMPLETE);
        default -> springHandler(shared.tracker.containers());
      };
    }

    private SiteHandler springHandler(ListenerContainers containers) {
      return switch (this) {
        case SPRING_CONTAINER -> new ContainerHandler(containers, ContainerHandler.Step.MAKE);
        case SPRING_POLL -> new ContainerHandler(containers, ContainerHandler.Step.POLL);
        case SPRING_RECORD -> new ListenerHandler(containers, ListenerHandler.Step.RECORD);
        case SPRING_RECORD_IN_TIME -> new ListenerHandler(containers, ListenerHandler.Step.IN_TIME);
        case SPRING_BATCH -> new ListenerHandler(containers, ListenerHandler.Step.BATCH);
        case SPRING_ROLLBACK ->
            new FailureHandler(containers, FailureHandler.Step.RECORD_AMONG_OTHERS);
        case SPRING_BATCH_ROLLBACK -> new FailureHandler(containers, FailureHandler.Step.BATCH);
        case SPRING_LATE_FAILURE -> new FailureHandler(containers, FailureHandler.Step.RECORD);
        case SPRING_RECOVER -> new RecoveryHandler(containers, RecoveryHandler.Step.RECOVER);
        case SPRING_RESOLVE -> new RecoveryHandler(containers, RecoveryHandler.Step.RESOLVE);
        default -> throw new IllegalStateException(name());
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
                + " depth as of the last poll (of the partitions that this process has), age of the"
                + " oldest message that is not committed; no delivery count, nothing expired or"
                + " dead-lettered"),
        new Coverage(
            "Kafka share consumers (4.2 and later)",
            null,
            List.of(),
            "received, age, delivery count, acknowledged, released as given back, rejected as"
                + " dead-lettered; no depth, no oldest age, nothing expired"),
        new Coverage(
            "Spring for Apache Kafka (`spring-kafka`)",
            "org.springframework.kafka:spring-kafka",
            List.of("3.3.0", "4.1.1"),
            "as Kafka, but received when the listener gets a message, each time, with the delivery"
                + " count; given back when it will get it again; dead-lettered when the container"
                + " gives it up, with or without a topic of dead letters; a message that goes to a"
                + " topic for retries is acknowledged; share containers as share consumers"));
  }
}
