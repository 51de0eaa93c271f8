package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Command;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.CommandArgs;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.CommandObject;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Keyword;
import io.metricsagent.instrumentations.libraries.redis.FakeRedis.Output;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.List;

/** Clients whose methods are woven, and what was recorded of them. */
final class RedisClients {
  final Recorded recorded = new Recorded();
  private final RedisTracker tracker = new RedisTracker(recorded.registry());
  final JedisPipelines pipelines = new JedisPipelines(tracker);
  final LettuceCommands commands = new LettuceCommands(tracker);
  private final Woven call = Woven.with(new JedisCallHandler(tracker));
  private final Woven append = Woven.with(pipelines.appending());
  private final Woven answer = Woven.with(pipelines.answering());
  private final Woven dispatch = Woven.with(commands.dispatching());
  private final Woven next = Woven.with(commands.subscribing());
  private final Woven complete = Woven.with(commands.completing());

  /** Jedis sends a command and returns the reply. */
  void call(Object reply, Keyword keyword, String... arguments) {
    call.call(args -> reply, this, CommandObject.of(keyword, arguments));
  }

  /** Jedis appends a command to a pipeline; returns the response. */
  Object append(Keyword keyword, String... arguments) {
    Object response = new Object();
    append.call(args -> response, this, CommandObject.of(keyword, arguments));
    return response;
  }

  /** Jedis gets the reply to a command of a pipeline. */
  void answer(Object response, Object reply) {
    answer.call(args -> null, response, reply);
  }

  static Command command(Keyword type, String key, String text, Output output) {
    return new Command(type, new CommandArgs(key, text), output);
  }

  /** Lettuce sends a command. */
  void dispatch(Command command) {
    dispatch.call(args -> command, this, command);
  }

  /** Lettuce hands a message to a reactive subscription. */
  void next(Object subscription, Object message) {
    next.call(args -> null, subscription, message);
  }

  /** Lettuce has got the reply. */
  void complete(Command command) {
    complete.call(
        args -> {
          command.setDone();
          return null;
        },
        command);
  }

  /** Lettuce sends a command and gets the reply. */
  void run(Command command) {
    dispatch(command);
    complete(command);
  }

  MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  /** Returns received and acked messages of the only mailbox. */
  List<Long> counts() {
    return List.of(mailbox().received(), mailbox().acked());
  }
}
