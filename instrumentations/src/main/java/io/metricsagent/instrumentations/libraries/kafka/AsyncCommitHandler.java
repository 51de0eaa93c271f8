package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.Method;

/**
 * Handles {@code KafkaConsumer.commitAsync} with a callback, only to time it: the commit ends when
 * the client calls the callback, which for the classic group protocol is within a later poll. A
 * commit without a callback has no end that the application hears of, and is not timed.
 */
final class AsyncCommitHandler extends SiteHandler {
  /** Which argument is the callback. */
  enum Callback {
    FIRST,
    /** Behind the offsets. */
    SECOND
  }

  private record Commit(ConsumerState consumer, long begun) {}

  private final KafkaTracker tracker;
  private final Callback place;

  AsyncCommitHandler(KafkaTracker tracker, Callback place) {
    this.tracker = tracker;
    this.place = place;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Object callback = place == Callback.FIRST ? arg0 : arg1;
    long begun = callback == null ? 0 : tracker.mailboxes().begin();
    ConsumerState consumer = begun == 0 ? null : tracker.consumer(self);
    return consumer == null ? null : new Commit(consumer, begun);
  }

  @Override
  public Object replaceArgument(Object token, Object callback) {
    return StandIn.behind(callback) instanceof TimedCallback
        ? callback
        : new TimedCallback(callback, (Commit) token).as("OffsetCommitCallback");
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown != null) { // so the client will not call the callback
      Commit commit = (Commit) token;
      Operation.SETTLE.ended(commit.begun, commit.consumer.last(), thrown);
    }
    return result;
  }

  /** The application's callback. */
  private static final class TimedCallback extends StandIn {
    private final Commit commit;

    TimedCallback(Object callback, Commit commit) {
      super(callback);
      this.commit = commit;
    }

    @Override
    protected Call around(Method method) {
      return method.getName().equals("onComplete") && method.getParameterCount() == 2
          ? new Completion()
          : null;
    }

    /** The client tells what the broker has answered. */
    private final class Completion implements Call {
      @Override
      public void before(Object[] args) {
        Operation.SETTLE.ended(
            commit.begun,
            KafkaTracker.queueOfCommit(commit.consumer, args[0]),
            args[1] instanceof Throwable failure ? failure : null);
      }

      @Override
      public Object after(Object result, Throwable thrown) {
        return result;
      }
    }
  }
}
