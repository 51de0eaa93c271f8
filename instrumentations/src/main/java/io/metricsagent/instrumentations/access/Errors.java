package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Names errors and recognises throttling. Stateless; messages may quote prompts, so no more is read
 * of one than a status in front.
 */
public final class Errors {
  private static final Accessor STATUS = Accessor.path("statusCode()");
  private static final Accessor CODE = Accessor.path("code()");
  private static final int TOO_MANY_REQUESTS = 429;

  /** Anthropic's "overloaded". */
  private static final int OVERLOADED = 529;

  private static final Accessor SPRING_STATUS = Accessor.path("getStatusCode().value()");

  /** What Spring AI 1's client of Anthropic says of a stream, before the status. */
  private static final String STREAM_REFUSED = "Response exception, Status: [";

  private static final int MAX_CAUSES = 8;

  /** What {@code Mono.block} puts around a checked exception. */
  private static final String REACTOR_WRAPPER = "reactor.core.Exceptions$ReactiveException";

  /** An outcome that no exception of the application tells of; it only has a type. */
  private static final class Outcome extends Exception {
    private static final long serialVersionUID = 1;

    private final String type;

    Outcome(String type) {
      super(type, null, false, false);
      this.type = type;
    }
  }

  /** The application stopped reading an answer before its end. */
  public static final Throwable CANCELLED = new Outcome(AdapterSnapshot.CANCELLED);

  /** A library gave up waiting and made an ordinary result of it. */
  public static final Throwable TIMED_OUT = new Outcome("java.util.concurrent.TimeoutException");

  private Errors() {}

  /** Returns an error that is known by its type alone, such as the status of an answer. */
  public static Throwable ofType(String type) {
    return new Outcome(type);
  }

  /** Returns whether an error is one of {@link #ofType}: the agent saw more than was thrown. */
  public static boolean isOfType(Throwable error) {
    return error instanceof Outcome;
  }

  /** Returns what a future failed with, or {@code null} if it did not, or may yet. */
  public static Throwable failureOf(Future<?> future) {
    return future instanceof CompletableFuture<?> failed
            && failed.isCompletedExceptionally()
            && !failed.isCancelled()
        ? failed.<Throwable>handle((value, error) -> error).join()
        : null;
  }

  /** Returns whether a status of HTTP says that the caller, or all of them, ask too much. */
  public static boolean isThrottle(long status) {
    return status == TOO_MANY_REQUESTS || status == OVERLOADED;
  }

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
        || error instanceof UndeclaredThrowableException
        || error.getClass().getName().equals(REACTOR_WRAPPER);
  }

  /** Returns {@code error.type} as OpenTelemetry defines it: the name of the exception's class. */
  public static String type(Throwable error) {
    Throwable inner = unwrapped(error);
    return inner instanceof Outcome outcome ? outcome.type : ClassNames.full(inner.getClass());
  }

  /** As {@link #type}, of a request: one that the application gave up did not fail. */
  public static String outcome(Throwable error) {
    return unwrapped(error) instanceof CancellationException
        ? AdapterSnapshot.CANCELLED
        : type(error);
  }

  /** Returns whether an error, or one of its causes, says "too many requests". */
  public static boolean isThrottle(Throwable error) {
    Throwable current = error;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      if (hasThrottleStatus(current) || isRateLimitClass(current.getClass().getSimpleName())) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  /** Returns whether an error, its causes aside, has a status that says "too many requests". */
  public static boolean hasThrottleStatus(Throwable error) {
    return isThrottle(STATUS.readLong(error))
        || isThrottle(CODE.readLong(error))
        || isThrottle(SPRING_STATUS.readLong(error))
        || isRefusalOfSpringAi(error);
  }

  /** Spring AI 1 tells the status in no other way: the text begins with it. */
  private static boolean isRefusalOfSpringAi(Throwable error) {
    String message = error.getMessage();
    if (message == null) {
      return false;
    }
    String status = "";
    if (error.getClass().getSimpleName().endsWith("TransientAiException")) {
      status = message;
    } else if (error.getClass() == RuntimeException.class && message.startsWith(STREAM_REFUSED)) {
      status = message.substring(STREAM_REFUSED.length());
    }
    return status.startsWith("429") || status.startsWith("529");
  }

  private static boolean isRateLimitClass(String name) {
    return name.startsWith("RateLimit")
        || name.startsWith("TooManyRequests")
        || name.startsWith("Throttling")
        || name.startsWith("ResourceExhausted")
        || name.startsWith("Overloaded");
  }
}
