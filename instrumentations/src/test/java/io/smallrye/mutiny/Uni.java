package io.smallrye.mutiny;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A made-up {@code Uni} that remembers what is to happen with its end. */
public interface Uni {
  /** Returns one that has no end yet. */
  static Uni open() {
    return new Open(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Returns what is to happen with the item. */
  OnEvent<Object> onItem();

  /** Returns what is to happen with the failure. */
  OnEvent<Throwable> onFailure();

  /** Returns what is to happen with the cancellation. */
  OnCancel onCancellation();

  /** Returns another one with the same actions: one that is asked for more is a new object. */
  Uni again();

  /** Ends with an item. */
  void item(Object item);

  /** Ends with a failure. */
  void failure(Throwable failure);

  /** The subscriber cancels. */
  void cancel();

  /** A group of the library's. */
  record OnEvent<T>(Uni uni, List<Consumer<T>> actions) {
    /** Adds an action. */
    public Uni invoke(Consumer<T> action) {
      actions.add(action);
      return uni.again();
    }
  }

  /** A group of the library's. */
  record OnCancel(Uni uni, List<Runnable> actions) {
    /** Adds an action. */
    public Uni invoke(Runnable action) {
      actions.add(action);
      return uni.again();
    }
  }

  /** See {@link #open}. */
  record Open(
      List<Consumer<Object>> items,
      List<Consumer<Throwable>> failures,
      List<Runnable> cancellations)
      implements Uni {
    @Override
    public OnEvent<Object> onItem() {
      return new OnEvent<>(this, items);
    }

    @Override
    public OnEvent<Throwable> onFailure() {
      return new OnEvent<>(this, failures);
    }

    @Override
    public OnCancel onCancellation() {
      return new OnCancel(this, cancellations);
    }

    @Override
    public Uni again() {
      return new Open(items, failures, cancellations);
    }

    @Override
    public void item(Object item) {
      items.forEach(action -> action.accept(item));
    }

    @Override
    public void failure(Throwable failure) {
      failures.forEach(action -> action.accept(failure));
    }

    @Override
    public void cancel() {
      cancellations.forEach(Runnable::run);
    }
  }
}
