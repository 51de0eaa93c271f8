package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.Faults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A future that ends like the original future, after the agent has seen the original's end. All
 * calls that the application makes on this future are passed on to the original, and the original's
 * results are returned, because the original may be of a subclass that stops its work or refuses to
 * be completed.
 *
 * <p>A dependent of the original would not suffice: the JDK runs dependents in the reverse order of
 * their creation, so the application's dependents would run before the agent has recorded the call.
 */
public final class FollowedFuture extends CompletableFuture<Object> {
  private final CompletableFuture<Object> original;
  private final Consumer<Throwable> gaveUp;

  @SuppressWarnings("unchecked") // the original gets the application's values, as without the agent
  private FollowedFuture(CompletableFuture<?> original, Consumer<Throwable> gaveUp) {
    this.original = (CompletableFuture<Object>) original;
    this.gaveUp = gaveUp;
  }

  /**
   * Returns a future that replaces {@code original}.
   *
   * @param end receives the value and the exception, of which one is {@code null}, and returns the
   *     value to complete with; if {@code end} throws, the original's value is used
   */
  public static CompletableFuture<?> of(
      CompletableFuture<?> original, BiFunction<Object, Throwable, Object> end) {
    return new FollowedFuture(original, null).following(end);
  }

  /**
   * Returns a future that replaces {@code original}, for which the application waits once: {@code
   * end} is also called if that wait times out, and then must accept a later answer.
   */
  public static CompletableFuture<?> ofOneWait(
      CompletableFuture<?> original, BiConsumer<Object, Throwable> end) {
    return new FollowedFuture(original, error -> end.accept(null, error))
        .following(
            (value, error) -> {
              end.accept(value, error);
              return value;
            });
  }

  private FollowedFuture following(BiFunction<Object, Throwable, Object> end) {
    original.whenComplete(
        (value, error) -> {
          Object next = value;
          try {
            next = end.apply(value, error);
          } catch (Throwable fault) { // the application gets its answer even if the agent fails
            Faults.absorbed("a future could not be followed", fault);
          } finally {
            if (error == null) {
              super.complete(next);
            } else {
              super.completeExceptionally(error);
            }
          }
        });
    return this;
  }

  @Override
  public Object get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeout, unit);
    } catch (TimeoutException e) {
      tellGaveUp(e);
      throw e;
    }
  }

  private void tellGaveUp(TimeoutException tooLong) {
    if (gaveUp != null) {
      try {
        gaveUp.accept(tooLong);
      } catch (Throwable fault) {
        Faults.absorbed("a wait that took too long could not be recorded", fault);
      }
    }
  }

  @Override
  public boolean complete(Object value) {
    return original.complete(value);
  }

  /**
   * Passes the end of the application's wait on to the original, so that the library can stop its
   * work.
   */
  @Override
  public boolean completeExceptionally(Throwable error) {
    return original.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return original.cancel(mayInterruptIfRunning);
  }

  /**
   * Passes the value on; the agent does not read a value with which the application replaces the
   * answer.
   */
  @Override
  public void obtrudeValue(Object value) {
    original.obtrudeValue(value);
    super.obtrudeValue(value);
  }

  @Override
  public void obtrudeException(Throwable error) {
    original.obtrudeException(error);
    super.obtrudeException(error);
  }

  @Override
  public CompletableFuture<Object> completeAsync(
      Supplier<? extends Object> supplier, Executor executor) {
    original.completeAsync(supplier, executor);
    return this;
  }

  @Override
  public CompletableFuture<Object> completeAsync(Supplier<? extends Object> supplier) {
    original.completeAsync(supplier);
    return this;
  }

  @Override
  public CompletableFuture<Object> orTimeout(long timeout, TimeUnit unit) {
    original.orTimeout(timeout, unit);
    return this;
  }

  @Override
  public CompletableFuture<Object> completeOnTimeout(Object value, long timeout, TimeUnit unit) {
    original.completeOnTimeout(value, timeout, unit);
    return this;
  }

  @Override
  public Executor defaultExecutor() {
    return original.defaultExecutor();
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return original.newIncompleteFuture();
  }

  @Override
  public String toString() {
    return original.toString();
  }
}
