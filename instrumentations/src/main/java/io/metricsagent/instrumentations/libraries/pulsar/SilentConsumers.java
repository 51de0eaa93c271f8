package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import java.lang.reflect.Method;

/**
 * Knows the consumers of several topics or partitions that do not call {@code beforeConsume} for
 * what they hand over, except for batches: those of 3.1.0 to 3.3.1, and of some releases before
 * 3.0.7. There the inner consumers call it, when they fetch. Stateless.
 */
final class SilentConsumers {
  private static final String SEVERAL_TOPICS = "MultiTopicsConsumerImpl";

  /**
   * A method of the releases in which the outer consumer calls {@code beforeConsume}: it leaves the
   * inner ones with those interceptors that hear of acknowledgements only.
   */
  private static final String OF_OTHERS = "getInternalConsumerInterceptors";

  private static final ClassValue<Boolean> SILENT =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getSimpleName().equals(SEVERAL_TOPICS)) {
              return !hasMethodOfOthers(each);
            }
          }
          return false;
        }
      };

  /** The argument of a call that takes messages out of the queue and hands none over. */
  static final Object DROPS = new Object();

  private SilentConsumers() {}

  /** Returns whether this thread is in such a call. */
  static boolean dropsOnThisThread() {
    return FrameStack.current().top() instanceof MailboxFrame frame && frame.argument() == DROPS;
  }

  /** Returns whether a consumer is one of these. */
  static boolean isOne(Object consumer) {
    return SILENT.get(consumer.getClass());
  }

  private static boolean hasMethodOfOthers(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(OF_OTHERS)) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) {
      return true; // a class that some method names is missing: taken for a newer release
    }
  }
}
