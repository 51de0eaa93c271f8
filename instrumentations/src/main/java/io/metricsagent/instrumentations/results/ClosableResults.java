package io.metricsagent.instrumentations.results;

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.stream.BaseStream;

/**
 * Objects that are closed after somebody has read an answer from them: the call ends when the
 * iterator or stream that they return is exhausted, or when they are closed. Other objects that can
 * be closed, such as connections, are complete answers.
 */
final class ClosableResults extends ResultFamily {
  /** Whether an interface has a method that returns something to read from. */
  private static final ClassValue<Boolean> READABLE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return isReadable(type);
          } catch (LinkageError e) { // a method has a type that the application does without
            return false;
          }
        }
      };

  private static boolean isReadable(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getParameterCount() == 0
          && (Iterator.class.isAssignableFrom(method.getReturnType())
              || BaseStream.class.isAssignableFrom(method.getReturnType()))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    if (!AutoCloseable.class.isAssignableFrom(declared) || !READABLE.get(declared)) {
      return result;
    }
    Reading.Answer answer = new Reading.Answer();
    Object watched = Reading.inFrontOf(result, declared, answer, true);
    if (watched != result) {
      answer.goesOn(call.goesOn(true, true));
    }
    return watched;
  }
}
