package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Commands of Lettuce. All of its interfaces end in {@code Command.complete}, which has the whole
 * reply, except that a reactive subscription gets each message by itself, before the command is
 * complete. Thread-safe; keeps no object of the application alive.
 */
final class LettuceCommands {
  private static final int MAX_SUBSCRIPTIONS = 100_000;
  private static final String SUBSCRIPTION = "io.lettuce.core.RedisPublisher$RedisSubscription";
  private static final Accessor OUTPUT = Accessor.path("getOutput()");
  private static final Accessor HAS_ERROR = Accessor.path("hasError()");
  private static final Accessor VALUE = Accessor.path("get()");
  private static final Accessor SUBSCRIBER = Accessor.path("getSubscriber()");
  private static final Accessor DONE = Accessor.path("isDone()");

  /** The exception that the application gets for an error of the server. */
  private static final Throwable REFUSED =
      Errors.ofType("io.lettuce.core.RedisCommandExecutionException");

  private final RedisTracker tracker;
  private final WeakMap<Object, Request> subscriptions = new WeakMap<>(MAX_SUBSCRIPTIONS);

  /** When commands were sent, by their output, which all wrappers of a command share. */
  private final WeakMap<Object, Long> begins = new WeakMap<>(MAX_SUBSCRIPTIONS);

  LettuceCommands(RedisTracker tracker) {
    this.tracker = tracker;
  }

  /** Handles {@code RedisChannelHandler.dispatch}, which each command passes. */
  SiteHandler dispatching() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        StreamCommand type = LettuceRequests.typeOf(arg0);
        long begun = type == null ? 0 : tracker.begin();
        if (begun != 0) {
          begins.put(OUTPUT.read(arg0), begun);
        }
        if (type == StreamCommand.XREADGROUP || type == StreamCommand.XCLAIM) {
          Object subscriber = SUBSCRIBER.read(OUTPUT.read(arg0));
          if (isSubscription(subscriber)) {
            subscriptions.put(subscriber, LettuceRequests.of(type, arg0));
          }
        }
        return null;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  private static boolean isSubscription(Object subscriber) {
    return subscriber != null && subscriber.getClass().getName().equals(SUBSCRIPTION);
  }

  /** Handles {@code onNext} of a reactive subscription. */
  SiteHandler subscribing() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        Request request = subscriptions.isEmpty() ? null : subscriptions.get(self);
        if (request != null) {
          tracker.delivered(request, arg0);
        }
        return null;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  /** Handles {@code Command.complete}; a command may be told twice that it is complete. */
  SiteHandler completing() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        StreamCommand type = LettuceRequests.typeOf(self);
        if (type != null && Boolean.FALSE.equals(DONE.read(self))) {
          completed(type, self);
        }
        return null;
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        return result;
      }
    };
  }

  private void completed(StreamCommand type, Object command) {
    Object output = OUTPUT.read(command);
    Object subscriber = SUBSCRIBER.read(output);
    Long begun = begins.isEmpty() ? null : begins.remove(output);
    if (isSubscription(subscriber)) {
      subscriptions.remove(subscriber);
      return;
    }
    boolean failed = Boolean.TRUE.equals(HAS_ERROR.read(output));
    if (failed && begun == null) {
      return;
    }
    Request request = LettuceRequests.of(type, command);
    MailboxMetrics mailbox = failed ? null : tracker.replied(request, VALUE.read(output));
    if (begun != null) {
      tracker.ended(request, begun, mailbox, failed ? REFUSED : null);
    }
  }

  boolean isEmpty() {
    return subscriptions.isEmpty() && begins.isEmpty();
  }
}
