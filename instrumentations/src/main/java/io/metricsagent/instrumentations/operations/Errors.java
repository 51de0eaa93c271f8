package io.metricsagent.instrumentations.operations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Names errors and recognises throttling. Stateless; messages are never read, they may quote
 * prompts.
 */
public final class Errors {
  private static final Accessor STATUS = Accessor.path("statusCode()");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int MAX_CAUSES = 8;

  private Errors() {}

  /** Returns the exception inside wrappers of the JDK that say nothing themselves. */
  public static Throwable unwrapped(Throwable error) {
    Throwable inner = error;
    for (int i = 0; i < MAX_CAUSES && inner.getCause() != null && isWrapper(inner); i++) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static boolean isWrapper(Throwable error) {
    return error instanceof CompletionException
        || error instanceof ExecutionException
        || error instanceof InvocationTargetException
        || error instanceof UndeclaredThrowableException;
  }

  /** Returns {@code error.type} as OpenTelemetry defines it: the name of the exception's class. */
  public static String type(Throwable error) {
    return unwrapped(error).getClass().getName();
  }

  /** Returns whether an error, or one of its causes, says "too many requests". */
  public static boolean isThrottle(Throwable error) {
    Throwable current = error;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      if (STATUS.readLong(current) == TOO_MANY_REQUESTS
          || isRateLimitClass(current.getClass().getSimpleName())) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  private static boolean isRateLimitClass(String name) {
    return name.startsWith("RateLimit")
        || name.startsWith("TooManyRequests")
        || name.startsWith("Throttling");
  }
}
