package io.metricsagent.instrumentations.runs;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.util.function.Consumer;

/**
 * A run that goes on with a {@code Uni} of Mutiny, which is no publisher. It ends with the item,
 * the failure or the cancellation of the first subscription that has one. Thread-safe.
 */
final class RunUni {
  private static final String UNI = "io.smallrye.mutiny.Uni";

  private final EventStream events;
  private final Run run;

  RunUni(EventStream events, Run run) {
    this.events = events;
    this.run = run;
  }

  /** Returns whether an object is a {@code Uni}. */
  static boolean isOne(Object object) {
    return type(object.getClass()) != null;
  }

  private static Class<?> type(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(UNI)) {
        return c;
      }
      for (Class<?> i : c.getInterfaces()) {
        Class<?> found = type(i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Returns a {@code Uni} that tells its end; {@code uni} itself if it cannot be told. */
  Object inFrontOf(Object uni) {
    try {
      Class<?> type = type(uni.getClass());
      Object told = on(type, "onItem", uni, Consumer.class, item());
      told = on(type, "onFailure", told, Consumer.class, failure());
      return on(type, "onCancellation", told, Runnable.class, (Runnable) this::cancelled);
    } catch (ReflectiveOperationException e) {
      return uni;
    }
  }

  /** Calls {@code uni.event().invoke(action)}. */
  private static Object on(
      Class<?> type, String event, Object uni, Class<?> actionType, Object action)
      throws ReflectiveOperationException {
    Object group = type.getMethod(event).invoke(uni);
    return group.getClass().getMethod("invoke", actionType).invoke(group, action);
  }

  private Consumer<Object> item() {
    return item -> end(null, null, item);
  }

  private Consumer<Throwable> failure() {
    return error -> end(Errors.outcome(error), error, null);
  }

  private void cancelled() {
    end(Run.CANCELLED, null, null);
  }

  /** Ends the run; a fault of the agent must not become a failure of the {@code Uni}. */
  private void end(String outcome, Throwable error, Object item) {
    try {
      events.ended(run, System.nanoTime(), outcome, error, events.hasContent() ? item : null);
    } catch (Throwable fault) {
      Faults.absorbed("the end of a run could not be told", fault);
    }
  }
}
