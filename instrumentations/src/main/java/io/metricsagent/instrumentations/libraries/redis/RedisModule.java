package io.metricsagent.instrumentations.libraries.redis;

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

/** Streams of Redis through Jedis and Lettuce, at the few methods that all commands pass. */
@AutoService(InstrumentationModule.class)
public final class RedisModule extends RuleTable<RedisModule.Shared> {
  private static final String JEDIS = "redis.clients.jedis.";
  private static final String LETTUCE = "io.lettuce.core.";
  private static final String OBJECT = "java.lang.Object";
  private static final String COMMAND = LETTUCE + "protocol.RedisCommand";

  private static final MethodTarget APPEND_COMMAND =
      method("appendCommand", JEDIS + "Response", JEDIS + "CommandObject");

  /** What all handlers share. */
  record Shared(RedisTracker tracker, JedisPipelines pipelines, LettuceCommands commands) {}

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Shared> {
    CALL(forClass(JEDIS + "Connection", method("executeCommand", OBJECT, JEDIS + "CommandObject"))),
    APPEND(
        forClass(JEDIS + "Pipeline", APPEND_COMMAND),
        forClass(JEDIS + "MultiNodePipelineBase", APPEND_COMMAND),
        forClass(JEDIS + "TransactionBase", APPEND_COMMAND).whereThereIsOne(),
        forClass(JEDIS + "Transaction", APPEND_COMMAND).whereThereIsOne(),
        forClass(JEDIS + "ReliableTransaction", APPEND_COMMAND).whereThereIsOne()),
    ANSWER(forClass(JEDIS + "Response", method("set", "void", OBJECT))),
    DISPATCH(forClass(LETTUCE + "RedisChannelHandler", method("dispatch", COMMAND, COMMAND))),
    NEXT(forClass(LETTUCE + "RedisPublisher$RedisSubscription", method("onNext", "void", OBJECT))),
    COMPLETE(forClass(LETTUCE + "protocol.Command", method("complete", "void")));

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
        case CALL -> new JedisCallHandler(shared.tracker);
        case APPEND -> shared.pipelines.appending();
        case ANSWER -> shared.pipelines.answering();
        case DISPATCH -> shared.commands.dispatching();
        case NEXT -> shared.commands.subscribing();
        case COMPLETE -> shared.commands.completing();
      };
    }
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public List<? extends Row<Shared>> rows() {
    return List.of(Rules.values());
  }

  @Override
  protected Shared shared(Telemetry telemetry) {
    RedisTracker tracker = new RedisTracker(telemetry.registry());
    return new Shared(tracker, new JedisPipelines(tracker), new LettuceCommands(tracker));
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "Redis Streams (Jedis)",
            "redis.clients:jedis",
            List.of("4.0.0", "8.0.2"),
            "messages that groups of consumers read or claim: received, age by the message's"
                + " number, delivery count of first deliveries, acknowledged as Redis counts it,"
                + " also in pipelines and transactions; no depth, no oldest age; nothing given"
                + " back, expired or dead-lettered, which Redis does not have"),
        new Coverage(
            "Redis Streams (Lettuce)",
            "io.lettuce:lettuce-core",
            List.of("6.1.0.RELEASE", "7.7.0.RELEASE"),
            "the same, through its synchronous, asynchronous and reactive interfaces"));
  }
}
