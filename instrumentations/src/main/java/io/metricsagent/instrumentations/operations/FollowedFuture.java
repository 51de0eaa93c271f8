package io.metricsagent.instrumentations.operations;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A future that ends as another one does, after the agent has seen how.
 *
 * <p>A dependent of the original would not do: the JDK runs dependents in the reverse order of
 * their making, so the application's would come first, with the agent's figures not taken yet.
 */
final class FollowedFuture extends CompletableFuture<Object> {
  private final CompletableFuture<?> original;
  private final Consumer<Throwable> gaveUp;

  private FollowedFuture(CompletableFuture<?> original, Consumer<Throwable> gaveUp) {
    this.original = original;
    this.gaveUp = gaveUp;
  }

  /**
   * Returns a future in place of {@code original}.
   *
   * @param end gets value and exception, one of them null, and returns the value to go on with; if
   *     it throws, the original's value goes on
   */
  static CompletableFuture<?> of(
      CompletableFuture<?> original, BiFunction<Object, Throwable, Object> end) {
    return follow(new FollowedFuture(original, null), original, end);
  }

  /**
   * Returns a future in place of one that is waited for once: {@code end} also hears of a wait that
   * took too long, and must bear an answer that comes after all.
   */
  static CompletableFuture<?> ofOneWait(
      CompletableFuture<?> original, BiConsumer<Object, Throwable> end) {
    return follow(
        new FollowedFuture(original, error -> end.accept(null, error)),
        original,
        (value, error) -> {
          end.accept(value, error);
          return value;
        });
  }

  private static CompletableFuture<?> follow(
      FollowedFuture followed,
      CompletableFuture<?> original,
      BiFunction<Object, Throwable, Object> end) {
    original.whenComplete(
        (value, error) -> {
          Object next = value;
          try {
            next = end.apply(value, error);
          } catch (Throwable fault) {
            AgentLog.debug("a future could not be followed: " + fault, fault);
          }
          if (error == null) {
            followed.complete(next);
          } else {
            followed.completeExceptionally(error);
          }
        });
    return followed;
  }

  @Override
  public Object get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeout, unit);
    } catch (TimeoutException e) {
      if (gaveUp != null) {
        gaveUp.accept(e);
      }
      throw e;
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    original.cancel(mayInterruptIfRunning);
    return super.cancel(mayInterruptIfRunning) || isCancelled();
  }

  /** Whoever gives up waiting tells the library so, which breaks off what it does. */
  @Override
  public boolean completeExceptionally(Throwable error) {
    original.completeExceptionally(error);
    return super.completeExceptionally(error);
  }

  @Override
  public Executor defaultExecutor() {
    return original.defaultExecutor();
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return original.newIncompleteFuture();
  }
}
