package io.metricsagent.instrumentations.libraries.springintegration;

import static io.metricsagent.instrumentations.rules.MethodTarget.CONSTRUCTOR;
import static io.metricsagent.instrumentations.rules.MethodTarget.method;
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
 * Spring Integration's {@code QueueChannel}. {@code PriorityChannel} and {@code RendezvousChannel}
 * extend it and call its methods, so the class itself is woven and no subtype.
 */
@AutoService(InstrumentationModule.class)
public final class SpringIntegrationModule extends RuleTable<ChannelTracker> {
  private static final String CHANNEL = "org.springframework.integration.channel.QueueChannel";
  private static final String MESSAGE = "org.springframework.messaging.Message";
  private static final String LIST = "java.util.List";

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<ChannelTracker> {
    MADE(method(CONSTRUCTOR, "void", "java.util.Queue"), method(CONSTRUCTOR, "void", "int")),
    SEND(method("doSend", "boolean", MESSAGE, "long")),
    RECEIVE(method("doReceive", MESSAGE, "long")),
    REMOVE(
        method("clear", LIST),
        method("purge", LIST, "org.springframework.integration.core.MessageSelector"));

    private final List<Rule> rules;

    Rules(MethodTarget... methods) {
      rules = List.of(forClass(CHANNEL, methods));
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public SiteHandler handler(Telemetry telemetry, ChannelTracker tracker) {
      return switch (this) {
        case MADE -> new MadeHandler(tracker);
        case SEND -> new SendHandler(tracker);
        case RECEIVE -> new ReceiveHandler(tracker);
        case REMOVE -> new RemoveHandler(tracker);
      };
    }
  }

  @Override
  public String name() {
    return "spring-integration";
  }

  @Override
  public List<? extends Row<ChannelTracker>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected ChannelTracker shared(Telemetry telemetry) {
    return new ChannelTracker(telemetry.registry());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Spring Integration (`QueueChannel`)",
            "org.springframework.integration:spring-integration-core",
            List.of("6.0.9", "7.1.2"),
            "received, acknowledged by being received, age, depth and oldest message of channels"
                + " whose queue is in memory, priority and rendezvous channels too; channels with a"
                + " message store or a queue that is not the JDK's: received"));
  }
}
