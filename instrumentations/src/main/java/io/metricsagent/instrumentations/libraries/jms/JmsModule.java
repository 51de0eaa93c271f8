package io.metricsagent.instrumentations.libraries.jms;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.ArrayList;
import java.util.List;

/**
 * JMS, in both its packages, through its interfaces, whatever the provider; and what ActiveMQ
 * Classic's client decides by itself: redelivery, dead letters and expiry.
 *
 * <p>Messages are followed from a consumer to the settlement of its session ({@link JmsSession}):
 * JMS settles sessions, the figures count messages.
 */
@AutoService(InstrumentationModule.class)
public final class JmsModule implements InstrumentationModule {
  private static final String[] PACKAGES = {"jakarta.jms.", "javax.jms."};
  private static final String ACTIVEMQ_SESSION = "org.apache.activemq.ActiveMQSession";

  private JmsTracker tracker;

  @Override
  public String name() {
    return "jms";
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String jms : PACKAGES) {
      String consumer = jms + "MessageConsumer";
      String session = jms + "Session";
      String message = jms + "Message";
      String listener = jms + "MessageListener";
      rules.add(
          Rule.forSubtypes(
              "receive",
              consumer,
              method("receive", message),
              method("receive", message, "long"),
              method("receiveNoWait", message)));
      rules.add(
          Rule.forSubtypes("set-listener", consumer, method("setMessageListener", "void", listener))
              .replacingArgument(0));
      rules.add(
          Rule.forSubtypes("get-listener", consumer, method("getMessageListener", listener))
              .replacingResult());
      rules.add(
          Rule.forSubtypes(
              "create-consumer",
              session,
              named("createConsumer"),
              named("createDurableConsumer"),
              named("createSharedConsumer"),
              named("createSharedDurableConsumer"),
              named("createDurableSubscriber"),
              named("createReceiver"),
              named("createSubscriber")));
      rules.add(Rule.forSubtypes("commit", session, method("commit", "void")));
      rules.add(
          Rule.forSubtypes(
              "give-back",
              session,
              method("rollback", "void"),
              method("recover", "void"),
              method("close", "void")));
      rules.add(Rule.forSubtypes("acknowledge", message, method("acknowledge", "void")));
    }
    rules.add(
        Rule.forClass("activemq-acknowledge", ACTIVEMQ_SESSION, method("acknowledge", "void")));
    rules.add(
        Rule.forClass(
            "activemq-ack",
            ACTIVEMQ_SESSION,
            method("sendAck", "void", "org.apache.activemq.command.MessageAck", "boolean")));
    return rules;
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "JMS (`jakarta.jms` and `javax.jms`)",
            null,
            List.of(),
            "received, age, delivery count, acknowledged, given back; every acknowledge mode,"
                + " transactions, listeners; tested with the interfaces, by an in-memory provider"),
        new Coverage(
            "ActiveMQ Classic",
            null,
            List.of("5.19.9", "6.3.1"),
            "and redelivered, expired and dead-lettered by the client"));
  }

  @Override
  public synchronized SiteHandler handler(Rule rule, Telemetry telemetry) {
    if (tracker == null) {
      tracker = new JmsTracker(telemetry.registry());
    }
    return switch (rule.id()) {
      case "receive" -> new ReceiveHandler(tracker);
      case "set-listener" -> new SetListenerHandler(tracker);
      case "get-listener" -> new GetListenerHandler();
      case "create-consumer" -> new CreateConsumerHandler(tracker);
      case "commit", "activemq-acknowledge" -> new SettleHandler(tracker, SettleHandler.How.ACK);
      case "give-back" -> new SettleHandler(tracker, SettleHandler.How.GIVE_BACK);
      case "acknowledge" -> new AcknowledgeHandler(tracker);
      case "activemq-ack" -> new ActiveMqAckHandler(tracker);
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
