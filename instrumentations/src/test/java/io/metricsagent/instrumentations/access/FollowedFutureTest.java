package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A future that the agent follows behaves like the library's own. */
class FollowedFutureTest {
  private static final long LONG = 20;

  private final CompletableFuture<Object> original = new CompletableFuture<>();
  private final List<Object> ends = new ArrayList<>();
  private final CompletableFuture<Object> followed = follow(original);

  @SuppressWarnings("unchecked") // a future of the same type comes back
  private CompletableFuture<Object> follow(CompletableFuture<Object> future) {
    return (CompletableFuture<Object>)
        FollowedFuture.of(
            future,
            (value, error) -> {
              ends.add(error == null ? value : error);
              return value;
            });
  }

  @Test
  void endsAsTheOriginalDoesAfterTheAgentHasSeenIt() {
    List<Integer> seenBefore = new ArrayList<>();
    followed.thenAccept(value -> seenBefore.add(ends.size()));
    original.complete("hello");

    assertThat(followed.join()).isEqualTo("hello");
    assertThat(seenBefore).containsExactly(1);
  }

  @Test
  void completingItCompletesTheOriginal() {
    assertThat(followed.complete("mine")).isTrue();
    assertThat(original).isCompletedWithValue("mine");
    assertThat(followed.join()).isEqualTo("mine");
    assertThat(followed.complete("late")).isFalse();
    assertThat(ends).containsExactly("mine");
  }

  @Test
  void failingItFailsTheOriginal() {
    Exception mine = new IllegalStateException();
    assertThat(followed.completeExceptionally(mine)).isTrue();
    assertThat(original).isCompletedExceptionally();
    assertThatThrownBy(followed::join).isInstanceOf(CompletionException.class).hasCause(mine);
    assertThatThrownBy(followed::get).isInstanceOf(ExecutionException.class).hasCause(mine);
    assertThat(followed.completeExceptionally(new IllegalStateException())).isFalse();
    assertThat(ends).containsExactly(mine);
  }

  @Test
  void cancellingItCancelsTheOriginal() {
    assertThat(followed.cancel(true)).isTrue();
    assertThat(followed.cancel(true)).isTrue();
    assertThat(original).isCancelled();
    assertThat(followed).isCancelled();
    assertThatThrownBy(followed::join).isInstanceOf(CancellationException.class);
    assertThat(ends).hasSize(1);
  }

  @Test
  void cannotBeCancelledOnceItIsComplete() {
    original.complete("hello");
    assertThat(followed.cancel(true)).isFalse();
    assertThat(followed.join()).isEqualTo("hello");
  }

  @Test
  void aValueForATimeoutReachesTheOriginal() throws Exception {
    assertThat(followed.completeOnTimeout("late", 1, TimeUnit.MILLISECONDS)).isSameAs(followed);
    assertThat(original.get(LONG, TimeUnit.SECONDS)).isEqualTo("late");
    assertThat(followed.get(LONG, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void aTimeoutReachesTheOriginal() {
    assertThat(followed.orTimeout(1, TimeUnit.MILLISECONDS)).isSameAs(followed);
    assertThatThrownBy(() -> original.get(LONG, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> followed.get(LONG, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aSupplierCompletesTheOriginal() throws Exception {
    assertThat(followed.completeAsync(() -> "supplied")).isSameAs(followed);
    assertThat(original.get(LONG, TimeUnit.SECONDS)).isEqualTo("supplied");
    assertThat(followed.get(LONG, TimeUnit.SECONDS)).isEqualTo("supplied");
    CompletableFuture<Object> other = new CompletableFuture<>();
    assertThat(follow(other).completeAsync(() -> "supplied", Runnable::run).join())
        .isEqualTo("supplied");
    assertThat(other).isCompletedWithValue("supplied");
  }

  @Test
  void obtrudingAValueObtrudesItInTheOriginal() {
    original.complete("hello");
    followed.obtrudeValue("other");
    assertThat(original).isCompletedWithValue("other");
    assertThat(followed).isCompletedWithValue("other");
    followed.obtrudeException(new IllegalStateException());
    assertThat(original).isCompletedExceptionally();
    assertThat(followed).isCompletedExceptionally();
  }

  @Test
  void obtrudingAValueBeforeTheEndEndsBothFutures() {
    followed.obtrudeValue("early");
    assertThat(original).isCompletedWithValue("early");
    assertThat(followed).isCompletedWithValue("early");
    assertThat(ends).containsExactly("early");
  }

  /** Some libraries return futures that the application cannot complete. */
  @Test
  void refusesIfTheOriginalRefuses() {
    CompletableFuture<Object> stubborn =
        new CompletableFuture<>() {
          @Override
          public boolean complete(Object value) {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    CompletableFuture<Object> watched = follow(stubborn);
    assertThatThrownBy(() -> watched.complete("mine"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(watched.cancel(true)).isFalse();
    assertThat(watched).isNotDone();
  }

  @Test
  void aFaultOfTheAgentChangesNothing() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    CompletableFuture<?> faulty =
        FollowedFuture.of(
            answer,
            (value, error) -> {
              throw new StackOverflowError();
            });
    answer.complete("hello");
    assertThat((Object) faulty.join()).isEqualTo("hello");
  }

  @Test
  void aWaitThatTimedOutIsReportedOnce() {
    List<Object> heard = new ArrayList<>();
    CompletableFuture<?> waited =
        FollowedFuture.ofOneWait(original, (value, error) -> heard.add(error));
    assertThatThrownBy(() -> waited.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(heard).hasSize(1).first().isInstanceOf(TimeoutException.class);
    assertThat(original).isNotDone();
  }

  @Test
  void looksLikeTheOriginal() {
    assertThat(followed).hasToString(original.toString());
    assertThat(followed.newIncompleteFuture()).isExactlyInstanceOf(CompletableFuture.class);
  }
}
