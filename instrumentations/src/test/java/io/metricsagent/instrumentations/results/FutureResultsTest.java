package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.core.SettableApiFuture;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A future ends its call by a listener, or when the application sees that it is done. */
class FutureResultsTest {
  private final Followed call = new Followed();
  private final FutureTask<String> task = new FutureTask<>(() -> "a");
  private final FutureTask<String> failing =
      new FutureTask<>(
          () -> {
            throw new IllegalStateException();
          });

  @Test
  void endsTheCallWhenItsValueIsRead() throws Exception {
    Future<?> given = followed(task);
    task.run();
    assertThat(call.heard()).containsExactly("goes on");

    assertThat(given.get()).isEqualTo("a");
    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void endsTheCallWhenSomebodyAsksWhetherItIsDone() {
    Future<?> given = followed(task);
    assertThat(given.isDone()).isFalse();
    assertThat(call.heard()).containsExactly("goes on");
    task.run();

    assertThat(given.isDone()).isTrue();
    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void goesOnAfterAWaitThatTookTooLong() {
    Future<?> given = followed(task);

    assertThatThrownBy(() -> given.get(1, TimeUnit.NANOSECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(call.heard()).containsExactly("goes on");
  }

  @Test
  void failsTheCallAndThrowsTheSame() {
    Future<?> given = followed(failing);
    failing.run();

    assertThatThrownBy(given::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(call.heard()).containsExactly("goes on", "failed IllegalStateException");
  }

  @Test
  void cancelsTheCall() {
    Future<?> given = followed(task);

    assertThat(given.cancel(true)).isTrue();
    assertThat(task.isCancelled()).isTrue();
    assertThat(call.heard()).containsExactly("goes on", "cancelled");
  }

  @Test
  void isItselfWhereTheMethodReturnsAClass() {
    Object given = ResultFamily.of(task).follow(task, FutureTask.class, call);

    assertThat(given).isSameAs(task);
    assertThat(call.heard()).isEmpty();
  }

  @Test
  void thatIsDoneEndsTheCallAtOnce() {
    task.run();

    assertThat(followed(task)).isSameAs(task);
    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void ofGuavaTellsItsEnd() {
    SettableFuture<String> future = SettableFuture.create();
    Object given = ResultFamily.of(future).follow(future, ListenableFuture.class, call);
    assertThat(given).isSameAs(future);
    future.set("a");

    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void ofGuavaTellsThatItIsCancelled() {
    SettableFuture<String> future = SettableFuture.create();
    ResultFamily.of(future).follow(future, SettableFuture.class, call);
    future.cancel(true);

    assertThat(call.heard()).containsExactly("goes on", "cancelled");
  }

  @Test
  void thatThrowsAnythingElseFailsTheCall() {
    Future<String> strange =
        new FutureTask<>(() -> "a") {
          @Override
          public boolean isDone() {
            return true;
          }

          @Override
          public String get() {
            throw new IllegalStateException();
          }
        };

    assertThat(followed(strange)).isSameAs(strange);
    assertThat(call.heard()).containsExactly("goes on", "failed IllegalStateException");
  }

  @Test
  void ofGoogleTellsItsEnd() {
    SettableApiFuture<String> future = SettableApiFuture.create();
    Object given = ResultFamily.of(future).follow(future, ApiFuture.class, call);
    assertThat(given).isSameAs(future);
    assertThat(call.heard()).containsExactly("goes on");
    future.set("a");

    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void ofGoogleTellsThatItFails() {
    SettableApiFuture<String> future = SettableApiFuture.create();
    ApiFuture<String> mapped = ApiFutures.transform(future, text -> text, Runnable::run);
    ResultFamily.of(mapped).follow(mapped, ApiFuture.class, call);
    future.setException(new IllegalStateException());

    assertThat(call.heard()).containsExactly("goes on", "failed IllegalStateException");
  }

  private Future<?> followed(Future<?> future) {
    return call.follow(future, Future.class);
  }
}
