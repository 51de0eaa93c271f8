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
  final Recorded recorded;
  final JedisPipelines pipelines;
  final LettuceCommands commands;
  private final Woven call;
  private final Woven append;
  private final Woven answer;
  private final Woven dispatch;
  private final Woven next;
  private final Woven complete;

  RedisClients() {
    this(new Recorded());
  }

  RedisClients(Recorded recorded) {
    this.recorded = recorded;
    RedisTracker tracker = new RedisTracker(recorded.registry());
    pipelines = new JedisPipelines(tracker);
    commands = new LettuceCommands(tracker);
    call = Woven.with(new JedisCallHandler(tracker));
    append = Woven.with(pipelines.appending());
    answer = Woven.with(pipelines.answering());
    dispatch = Woven.with(commands.dispatching());
    next = Woven.with(commands.subscribing());
    complete = Woven.with(commands.completing());
  }

  /** Jedis sends a command and returns the reply. */
  void call(Object reply, Keyword keyword, String... arguments) {
    call.call(args -> reply, this, CommandObject.of(keyword, arguments));
  }

  /** Jedis sends a command, which fails. */
  void fail(RuntimeException failure, Keyword keyword, String... arguments) {
    Throwable thrown = null;
    try {
      call.call(
          args -> {
            throw failure;
          },
          this,
          CommandObject.of(keyword, arguments));
    } catch (RuntimeException e) {
      thrown = e;
    }
    if (thrown != failure) {
      throw new AssertionError("the application must see its exception");
    }
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
