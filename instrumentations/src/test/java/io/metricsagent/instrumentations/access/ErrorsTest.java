package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The names of errors, and which of them say "too many requests". */
class ErrorsTest {
  /** As HTTP clients throw it. */
  public static final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    StatusException(int status) {
      this.status = status;
    }

    /** Returns the status. */
    public int statusCode() {
      return status;
    }
  }

  private static final class RateLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class NonTransientAiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NonTransientAiException(String message) {
      super(message);
    }
  }

  private final IllegalStateException inner = new IllegalStateException("inner");

  @Test
  void wrappersSayNothingThemselves() {
    Throwable wrapped =
        new CompletionException(new ExecutionException(new InvocationTargetException(inner)));

    assertThat(Errors.unwrapped(wrapped)).isSameAs(inner);
    assertThat(Errors.type(wrapped)).isEqualTo(IllegalStateException.class.getName());
    assertThat(Errors.type(new CompletionException(null)))
        .isEqualTo(CompletionException.class.getName());
  }

  @Test
  void anExceptionOfTheApplicationIsNotUnwrapped() {
    RuntimeException own = new IllegalArgumentException(inner);

    assertThat(Errors.unwrapped(own)).isSameAs(own);
  }

  @Test
  void whatTheApplicationGaveUpIsCancelledAsTheOutcomeOfARequest() {
    Throwable cancelled = new CompletionException(new CancellationException());

    assertThat(Errors.outcome(cancelled)).isEqualTo(AdapterSnapshot.CANCELLED);
    assertThat(Errors.type(cancelled)).isEqualTo(CancellationException.class.getName());
    assertThat(Errors.outcome(Errors.CANCELLED)).isEqualTo(AdapterSnapshot.CANCELLED);
    assertThat(Errors.outcome(inner)).isEqualTo(IllegalStateException.class.getName());
  }

  @Test
  void anOutcomeWithoutAnExceptionHasItsTypeAndNoTrace() {
    Throwable outcome = Errors.ofType("503");

    assertThat(Errors.type(outcome)).isEqualTo("503");
    assertThat(Errors.isOfType(outcome)).isTrue();
    assertThat(Errors.isOfType(inner)).isFalse();
    assertThat(outcome.getStackTrace()).isEmpty();
    assertThat(Errors.type(Errors.TIMED_OUT)).isEqualTo(TimeoutException.class.getName());
  }

  @Test
  void aFutureTellsItsFailureButNoCancellation() {
    CompletableFuture<Object> cancelled = new CompletableFuture<>();
    cancelled.cancel(true);

    assertThat(Errors.failureOf(CompletableFuture.failedFuture(inner))).isSameAs(inner);
    assertThat(Errors.failureOf(cancelled)).isNull();
    assertThat(Errors.failureOf(new CompletableFuture<>())).isNull();
    assertThat(Errors.failureOf(CompletableFuture.completedFuture("yes"))).isNull();
  }

  @Test
  void aStatusOrAClassSaysThatThereAreTooManyRequests() {
    assertThat(Errors.isThrottle(new StatusException(429))).isTrue();
    assertThat(Errors.isThrottle(new StatusException(529))).isTrue();
    assertThat(Errors.isThrottle(new StatusException(500))).isFalse();
    assertThat(Errors.isThrottle(new RateLimitException())).isTrue();
    assertThat(Errors.isThrottle(inner)).isFalse();
  }

  @Test
  void aCauseMaySayIt() {
    RuntimeException outer = new IllegalStateException(new StatusException(429));

    assertThat(Errors.isThrottle(outer)).isTrue();
    assertThat(Errors.hasThrottleStatus(outer)).isFalse();
  }

  @Test
  void aCycleOfCausesEnds() {
    RuntimeException first = new IllegalStateException();
    first.initCause(new IllegalArgumentException(first));

    assertThat(Errors.isThrottle(first)).isFalse();
  }

  /** A message may quote a prompt. */
  @Test
  void aMessageSaysItOnlyAtItsStartAndForSpringAi() {
    assertThat(Errors.isThrottle(new NonTransientAiException("429 - slow down"))).isTrue();
    assertThat(Errors.isThrottle(new NonTransientAiException("400 - what is 429?"))).isFalse();
    assertThat(Errors.isThrottle(new RuntimeException("Response exception, Status: [529 x]")))
        .isTrue();
    assertThat(Errors.isThrottle(new RuntimeException("429 - slow down"))).isFalse();
  }
}
