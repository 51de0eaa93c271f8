package io.metricsagent.instrumentations.libraries.rabbitmq;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

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
 * RabbitMQ's client for AMQP 0-9-1, and Spring AMQP's containers and recoverer above it.
 *
 * <p>What settles messages is taken from the methods of AMQP that a channel sends. The two classes
 * of channels share them, and wrappers of channels, of which the client and Spring have some, send
 * nothing themselves.
 */
@AutoService(InstrumentationModule.class)
public final class RabbitMqModule extends RuleTable<RabbitTracker> {
  private static final String CLIENT = "com.rabbitmq.client.";
  private static final String CHANNEL = CLIENT + "impl.AMQChannel";
  private static final String METHOD = CLIENT + "Method";
  private static final String CONSUMER = CLIENT + "Consumer";
  private static final String SPRING = "org.springframework.amqp.rabbit.";
  private static final String TEXT = "java.lang.String";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<RabbitTracker> {
    CONSUME(
        forClass(
                CLIENT + "impl.ChannelN",
                method(
                    "basicConsume",
                    TEXT,
                    TEXT,
                    "boolean",
                    TEXT,
                    "boolean",
                    "boolean",
                    "java.util.Map",
                    CONSUMER))
            .replacingArgument(6)
            .boxingPrimitives()),
    SETTLE(forClass(CHANNEL, method("transmit", "void", METHOD))),
    REQUEST(forClass(CHANNEL, method("exnWrappingRpc", CLIENT + "impl.AMQCommand", METHOD))),
    SHUTDOWN(
        forClass(
            CHANNEL,
            method(
                "processShutdownSignal",
                "void",
                CLIENT + "ShutdownSignalException",
                "boolean",
                "boolean"))),
    FAILED_CONSUMER(
        forSubtypes(
                CLIENT + "ExceptionHandler",
                method(
                    "handleConsumerException",
                    "void",
                    CLIENT + "Channel",
                    "java.lang.Throwable",
                    CONSUMER,
                    TEXT,
                    TEXT))
            .replacingArgument(2)),
    SPRING_HAND_OVER(
        forClass(
            SPRING + "listener.BlockingQueueConsumer",
            method(
                "handle", "org.springframework.amqp.core.Message", SPRING + "support.Delivery"))),
    SPRING_REPUBLISH(
        forClass(
            SPRING + "retry.RepublishMessageRecoverer",
            method(
                "recover",
                "void",
                "org.springframework.amqp.core.Message",
                "java.lang.Throwable")));

    private final List<Rule> rules;

    Rules(Rule rule) {
      this.rules = List.of(rule);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, RabbitTracker tracker) {
      return switch (this) {
        case CONSUME -> new ConsumeHandler(tracker);
        case SETTLE -> new SettleHandler(tracker);
        case REQUEST -> new RequestHandler(tracker);
        case SHUTDOWN -> new ShutdownHandler(tracker);
        case FAILED_CONSUMER -> new FailedConsumerHandler();
        case SPRING_HAND_OVER -> new SpringHandOverHandler(tracker);
        case SPRING_REPUBLISH -> new RepublishHandler(tracker);
      };
    }
  }

  @Override
  public String name() {
    return "rabbitmq";
  }

  @Override
  public List<? extends Row<RabbitTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected RabbitTracker shared(Telemetry telemetry) {
    return new RabbitTracker(telemetry.registry());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "RabbitMQ (`amqp-client`)",
            "com.rabbitmq:amqp-client",
            List.of("5.7.3", "5.37.1"),
            "received, acknowledged, given back, refused for good (dead-lettered), transactions;"
                + " age if the sender or the broker sets a time stamp; delivery count of first"
                + " deliveries, and of all in quorum queues; depth where the application uses"
                + " `basicGet`; expired, too long and delivered too often as the consumer of the"
                + " dead letters sees it"),
        new Coverage(
            "Spring AMQP (`spring-rabbit`)",
            "org.springframework.amqp:spring-rabbit",
            List.of("3.2.12", "4.1.2"),
            "and messages that `RepublishMessageRecoverer` gives up, as dead-lettered; received"
                + " when the listener gets them, not when the container has fetched them"));
  }
}
