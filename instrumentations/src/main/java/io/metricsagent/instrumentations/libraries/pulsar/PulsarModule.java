package io.metricsagent.instrumentations.libraries.pulsar;

import static io.metricsagent.instrumentations.rules.MethodTarget.CONSTRUCTOR;
import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The client of Apache Pulsar. All its consumers extend two classes, whose methods each message and
 * each acknowledgement passes, whichever interface the application uses.
 */
@AutoService(InstrumentationModule.class)
public final class PulsarModule extends RuleTable<PulsarTracker> {
  private static final String IMPL = "org.apache.pulsar.client.impl.";
  private static final String BASE = "ConsumerBase";
  private static final String CONSUMER = "ConsumerImpl";
  private static final String SEVERAL_TOPICS = "MultiTopicsConsumerImpl";
  private static final String TRANSACTION = "transaction.TransactionImpl";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<PulsarTracker> {
    MADE(BASE, named(CONSTRUCTOR)),
    INNER(SEVERAL_TOPICS, named("receiveMessageFromConsumer")),
    HAND_OVER(BASE, named("beforeConsume")),
    TAKEN(ofOldReleases(BASE, "decreaseIncomingMessageSize")),
    COMPLETED(ofOldReleases(BASE, "completePendingReceive")),
    EXPIRED(ofOldReleases(SEVERAL_TOPICS, "removeExpiredMessagesFromQueue")),
    SET_LISTENER(
        forClass(IMPL + "conf.ConsumerConfigurationData", named("setMessageListener"))
            .replacingArgument(0)),
    LISTENER(BASE, named("callMessageListener")),
    ACKNOWLEDGE(BASE, named("doAcknowledgeWithTxn")),
    LATER(CONSUMER, named("doReconsumeLater")),
    DEAD_LETTER(CONSUMER, named("initDeadLetterProducerIfNeeded")),
    REDELIVER(CONSUMER, named("processPossibleToDLQ")),
    REDELIVER_ALL(CONSUMER, method("redeliverUnacknowledgedMessages", "void")),
    CLOSE("PulsarClientImpl", named("cleanupConsumer")),
    REGISTER(TRANSACTION, named("registerAckOp")),
    COMMIT(TRANSACTION, named("commit")),
    ABORT(TRANSACTION, named("abort"));

    private final List<Rule> rules;

    Rules(String type, MethodTarget target) {
      this(forClass(IMPL + type, target));
    }

    Rules(Rule rule) {
      rules = List.of(rule);
    }

    /** Returns a rule that only old releases need, so that others may lack the method. */
    private static Rule ofOldReleases(String type, String method) {
      return forClass(IMPL + type, named(method)).whereThereIsOne();
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, PulsarTracker tracker) {
      return switch (this) {
        case MADE -> new MadeHandler(tracker);
        case INNER -> new InnerHandler(tracker);
        case HAND_OVER -> new HandOverHandler(tracker);
        case TAKEN -> new TakenHandler(tracker, TakenHandler.Way.QUEUE);
        case COMPLETED -> new TakenHandler(tracker, TakenHandler.Way.FUTURE);
        case EXPIRED -> new ExpiredHandler(tracker);
        case SET_LISTENER -> new SetListenerHandler(tracker);
        case LISTENER -> new ListenerHandler(tracker);
        case ACKNOWLEDGE -> new AcknowledgeHandler(tracker);
        case LATER -> new LaterHandler(tracker);
        case DEAD_LETTER -> new DeadLetterHandler();
        case REDELIVER -> new RedeliverHandler(tracker);
        case REDELIVER_ALL -> new RedeliverAllHandler(tracker);
        case CLOSE -> new CloseHandler(tracker);
        case REGISTER ->
            new TransactionHandler(tracker.transactions(), TransactionHandler.Step.REGISTER);
        case COMMIT ->
            new TransactionHandler(tracker.transactions(), TransactionHandler.Step.COMMIT);
        case ABORT -> new TransactionHandler(tracker.transactions(), TransactionHandler.Step.ABORT);
      };
    }
  }

  @Override
  public String name() {
    return "pulsar";
  }

  @Override
  public List<? extends Row<PulsarTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected PulsarTracker shared(Telemetry telemetry) {
    return new PulsarTracker(telemetry.registry());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Apache Pulsar (`pulsar-client`, `pulsar-client-original`)",
            "org.apache.pulsar:pulsar-client",
            List.of("3.0.7", "3.3.1", "4.2.4"),
            "received by methods, futures, listeners and readers, age, delivery count where a"
                + " subscription is shared, acknowledged (singly, cumulatively, in transactions),"
                + " given back or not settled in time (from 4.0.5 on, the client gives a message"
                + " back once more before it is a dead letter), dead-lettered by the client, oldest"
                + " unsettled message; no depth; nothing of what the broker expires; a queue is"
                + " a topic with all its partitions"));
  }
}
