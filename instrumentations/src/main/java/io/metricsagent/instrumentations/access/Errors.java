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
 * Names errors and recognises throttling. Stateless. An exception's message may quote a prompt, so
 * only a status at the message's start is read.
 */
public final class Errors {
  private static final Accessor STATUS = Accessor.path("statusCode()");
  private static final Accessor CODE = Accessor.path("code()");
  private static final int TOO_MANY_REQUESTS = 429;

  /** The status of Anthropic's "overloaded" error. */
  private static final int OVERLOADED = 529;

  private static final Accessor SPRING_STATUS = Accessor.path("getStatusCode().value()");

  /**
   * The text before the status in the message of Spring AI 1's Anthropic client, if a stream fails.
   */
  private static final String STREAM_REFUSED = "Response exception, Status: [";

  private static final int MAX_CAUSES = 8;

  /** The class that {@code Mono.block} wraps a checked exception in. */
  private static final String REACTOR_WRAPPER = "reactor.core.Exceptions$ReactiveException";

  /**
   * An outcome for which the application throws no exception. It has a type, but no stack trace.
   */
  private static final class Outcome extends Exception {
    private static final long serialVersionUID = 1;

    private final String type;

    /** Whether it was judged not to be one of "too many requests". */
    private final boolean judged;

    Outcome(String type, Throwable cause, boolean judged) {
      super(type, cause, false, false);
      this.type = type;
      this.judged = judged;
    }
  }

  /**
   * Loads this class now: if its first use came where a thread's stack is exhausted, it would fail
   * for the rest of the process.
   */
  public static void load() {
    // The JVM initialises the class before it calls this method.
  }

  /** The application stopped reading an answer before its end. */
  public static final Throwable CANCELLED = new Outcome(AdapterSnapshot.CANCELLED, null, false);

  /** A library stopped waiting and returned an ordinary result. */
  public static final Throwable TIMED_OUT =
      new Outcome("java.util.concurrent.TimeoutException", null, false);

  private Errors() {}

  /** Returns an error of which only the type is known, such as the status of an answer. */
  public static Throwable ofType(String type) {
    return new Outcome(type, null, false);
  }

  /**
   * Returns an error whose type says more than an exception.
   *
   * @param cause the exception, or {@code null}
   */
  public static Throwable ofType(String type, Throwable cause) {
    return new Outcome(type, cause, false);
  }

  /** Returns an error as {@link #ofType} does, which does not say "too many requests". */
  public static Throwable ofTypeWithoutThrottle(String type, Throwable cause) {
    return new Outcome(type, cause, true);
  }

  /**
   * Returns whether an error was made by {@link #ofType}: the agent saw more than the exception
   * says.
   */
  public static boolean isOfType(Throwable error) {
    return error instanceof Outcome;
  }

  /**
   * Returns the exception that a future failed with, or {@code null} if it succeeded or is not
   * done.
   */
  public static Throwable failureOf(Future<?> future) {
    return future instanceof CompletableFuture<?> failed
            && failed.isCompletedExceptionally()
            && !failed.isCancelled()
        ? failed.<Throwable>handle((value, error) -> error).join()
        : null;
  }

  /**
   * Returns whether an HTTP status says that this caller, or all callers, send too many requests.
   */
  public static boolean isThrottle(long status) {
    return status == TOO_MANY_REQUESTS || status == OVERLOADED;
  }

  /**
   * Returns the exception inside the JDK's and Reactor's wrappers, which say nothing themselves.
   */
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

  /**
   * Like {@link #type}, but for a request: if the application gave it up, the outcome is cancelled.
   */
  public static String outcome(Throwable error) {
    return unwrapped(error) instanceof CancellationException
        ? AdapterSnapshot.CANCELLED
        : type(error);
  }

  /** Returns whether an error, or one of its causes, says "too many requests". */
  public static boolean isThrottle(Throwable error) {
    Throwable current = error;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      if (current instanceof Outcome outcome && outcome.judged) {
        return false;
      }
      if (hasThrottleStatus(current) || isRateLimitClass(current.getClass().getSimpleName())) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  /**
   * Returns whether an error itself, not its causes, has a status that says "too many requests".
   */
  public static boolean hasThrottleStatus(Throwable error) {
    return isThrottle(STATUS.readLong(error))
        || isThrottle(CODE.readLong(error))
        || isThrottle(SPRING_STATUS.readLong(error))
        || isRefusalOfSpringAi(error);
  }

  /** Spring AI 1 has the status only at the beginning of the message. */
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
