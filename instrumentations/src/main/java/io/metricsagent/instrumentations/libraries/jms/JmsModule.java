package io.metricsagent.instrumentations.libraries.jms;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;

/**
 * The interfaces of JMS in {@code jakarta.jms} and {@code javax.jms}, whatever the provider, and
 * the decisions of ActiveMQ Classic's client: redelivery, dead letters and expiry.
 *
 * <p>JMS settles sessions, but the figures count messages. So each message is followed from its
 * delivery until its session is settled ({@link JmsSession}).
 */
@AutoService(InstrumentationModule.class)
public final class JmsModule extends RuleTable<JmsTracker> {
  private static final String JAKARTA = "jakarta.jms.";
  private static final String JAVAX = "javax.jms.";
  private static final String CONSUMER = JAKARTA + "MessageConsumer";
  private static final String CONNECTION = JAKARTA + "Connection";
  private static final String SESSION = JAKARTA + "Session";
  private static final String MESSAGE = JAKARTA + "Message";
  private static final String LISTENER = JAKARTA + "MessageListener";
  private static final String ARTEMIS = "org.apache.activemq.artemis.";
  private static final String ACTIVEMQ_SESSION = "org.apache.activemq.ActiveMQSession";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<JmsTracker> {
    RECEIVE(
        inBothPackages(
            forSubtypes(
                CONSUMER,
                method("receive", MESSAGE),
                method("receive", MESSAGE, "long"),
                method("receiveNoWait", MESSAGE)))),
    SET_LISTENER(
        inBothPackages(
            forSubtypes(CONSUMER, method("setMessageListener", "void", LISTENER))
                .replacingArgument(0))),
    GET_LISTENER(
        inBothPackages(
            forSubtypes(CONSUMER, method("getMessageListener", LISTENER)).replacingResult())),
    CREATE_SESSION(
        inBothPackages(
            forSubtypes(
                CONNECTION,
                named("createSession"),
                named("createQueueSession"),
                named("createTopicSession")))),
    CLOSE_CONNECTION(inBothPackages(forSubtypes(CONNECTION, method("close", "void")))),
    CREATE_CONSUMER(
        inBothPackages(
            forSubtypes(
                SESSION,
                named("createConsumer"),
                named("createDurableConsumer"),
                named("createSharedConsumer"),
                named("createSharedDurableConsumer"),
                named("createDurableSubscriber"),
                named("createReceiver"),
                named("createSubscriber")))),
    COMMIT(inBothPackages(forSubtypes(SESSION, method("commit", "void")))),
    GIVE_BACK(
        inBothPackages(
            forSubtypes(SESSION, method("rollback", "void"), method("recover", "void")))),
    CLOSE(inBothPackages(forSubtypes(SESSION, method("close", "void")))),
    ACKNOWLEDGE(inBothPackages(forSubtypes(MESSAGE, method("acknowledge", "void")))),
    ACTIVEMQ_ACKNOWLEDGE(forClass(ACTIVEMQ_SESSION, method("acknowledge", "void"))),
    ACTIVEMQ_ACK(
        forClass(
            ACTIVEMQ_SESSION,
            method("sendAck", "void", "org.apache.activemq.command.MessageAck", "boolean"))),
    ARTEMIS_EXPIRE(
        forClass(
            ARTEMIS + "core.client.impl.ClientSessionImpl",
            method(
                "expire",
                "void",
                ARTEMIS + "api.core.client.ClientConsumer",
                ARTEMIS + "api.core.Message")));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, JmsTracker tracker) {
      return switch (this) {
        case RECEIVE -> new ReceiveHandler(tracker);
        case SET_LISTENER -> new SetListenerHandler(tracker);
        case GET_LISTENER -> new GetListenerHandler();
        case CREATE_SESSION -> new CreateHandler(tracker, CreateHandler.What.SESSION);
        case CLOSE_CONNECTION -> new CloseConnectionHandler(tracker);
        case CREATE_CONSUMER -> new CreateHandler(tracker, CreateHandler.What.CONSUMER);
        case COMMIT, ACTIVEMQ_ACKNOWLEDGE -> new SettleHandler(tracker, SettleHandler.How.ACK);
        case GIVE_BACK -> new SettleHandler(tracker, SettleHandler.How.GIVE_BACK);
        case CLOSE -> new SettleHandler(tracker, SettleHandler.How.CLOSE);
        case ACKNOWLEDGE -> new AcknowledgeHandler(tracker);
        case ACTIVEMQ_ACK -> new ActiveMqAckHandler(tracker);
        case ARTEMIS_EXPIRE -> new ArtemisExpiryHandler(tracker);
      };
    }
  }

  /** Returns a rule for {@code jakarta.jms} and the same rule for {@code javax.jms}. */
  private static Rule[] inBothPackages(Rule jakarta) {
    return new Rule[] {jakarta, jakarta.moved(JAKARTA, JAVAX)};
  }

  @Override
  public String name() {
    return "jms";
  }

  @Override
  public List<? extends Row<JmsTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected JmsTracker shared(Telemetry telemetry) {
    return new JmsTracker(telemetry.registry());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "JMS (`jakarta.jms` and `javax.jms`)",
            null,
            List.of(),
            "received, age, delivery count, acknowledged, given back (also by closing a session or"
                + " connection), age of the oldest message that is not settled, except where each"
                + " is acknowledged by itself; every acknowledge mode, transactions, listeners; no"
                + " depth; tested with the interfaces, by an in-memory provider"),
        new Coverage(
            "ActiveMQ Classic",
            null,
            List.of("5.19.9", "6.3.1"),
            "as JMS; also redelivered, expired and dead-lettered by the client"),
        new Coverage(
            "Apache Artemis",
            "org.apache.artemis:artemis-jakarta-client",
            List.of("2.56.0"),
            "as JMS; also expired by the client; what its broker expires or makes a dead letter, no"
                + " client sees"));
  }
}
