package io.metricsagent.instrumentations.libraries.nats;

import static io.metricsagent.instrumentations.rules.MethodTarget.CONSTRUCTOR;
import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The Java client of NATS. Messages of JetStream are received and settled in a few methods of the
 * client, whichever of its interfaces the application uses.
 */
@AutoService(InstrumentationModule.class)
public final class NatsModule extends RuleTable<NatsTracker> {
  private static final String IMPL = "io.nats.client.impl.";
  private static final String MANAGE = "manage";
  private static final String NEXT_MESSAGE = "nextMessage";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<NatsTracker> {
    RECEIVE(
        forClass(IMPL + "PushMessageManager", named(MANAGE)),
        forClass(IMPL + "PullMessageManager", named(MANAGE)),
        forClass(IMPL + "OrderedMessageManager", named(MANAGE)),
        forClass(IMPL + "OrderedPullMessageManager", named(MANAGE)), // until 2.17
        forClass(IMPL + "PullOrderedMessageManager", named(MANAGE))),
    SETTLE(
        forClass(
            IMPL + "NatsJetStreamMessage",
            method("ackReply", "void", IMPL + "AckType", "long"),
            method("ackSync", "void", "java.time.Duration"))),
    WAIT(
        forClass(IMPL + "NatsSubscription", named(NEXT_MESSAGE)),
        forClass(IMPL + "NatsJetStreamSubscription", named(NEXT_MESSAGE)),
        forClass(IMPL + "NatsJetStreamPullSubscription", named("fetch")),
        forClass(IMPL + "NatsFetchConsumer", named(NEXT_MESSAGE)),
        forClass(IMPL + "NatsIterableConsumer", named(NEXT_MESSAGE)),
        forClass(IMPL + "NatsConsumerContext", named("next"))),
    HANDLE(
        forClass(
            IMPL + "NatsJetStream$AsyncMessageHandler",
            method("onMessage", "void", "io.nats.client.Message"))),
    MADE(forClass(IMPL + "NatsJetStreamImpl", named(CONSTRUCTOR))),
    INFO(forClass(IMPL + "NatsJetStreamImpl", named("_getConsumerInfo"), named("_createConsumer"))),
    COUNTED(forClass(IMPL + "NatsConsumer", method("incrementDeliveredCount", "void"))),
    INBOX(forClass(IMPL + "NatsConnection", method("createInbox", "java.lang.String")));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, NatsTracker tracker) {
      return switch (this) {
        case RECEIVE -> new ReceiveHandler(tracker);
        case SETTLE -> new SettleHandler(tracker);
        case WAIT -> new CallHandler(tracker, Operation.RECEIVE);
        case HANDLE -> new CallHandler(tracker, Operation.PROCESS);
        case MADE -> new MadeHandler(tracker);
        case INFO -> new InfoHandler(tracker);
        case COUNTED -> new CountedHandler(tracker);
        case INBOX -> new InboxHandler(tracker);
      };
    }
  }

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public List<? extends Row<NatsTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected NatsTracker shared(Telemetry telemetry) {
    return new NatsTracker(telemetry.registry(), System::nanoTime);
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "NATS JetStream (`jnats`)",
            "io.nats:jnats",
            List.of("2.17.0", "2.26.2"),
            "received, age, delivery count, acknowledged (one by one, all up to one, or by"
                + " delivery), given back, terminated as dead-lettered, depth as of the last"
                + " message, oldest age; nothing of what the server gives up or drops; a queue is"
                + " `stream/consumer`, or `stream` for consumers that are not durable"),
        new Coverage(
            "NATS without JetStream",
            null,
            List.of(),
            "received, and acknowledged by that, by the subject of the subscription; no age, no"
                + " depth; no answers to requests"));
  }
}
