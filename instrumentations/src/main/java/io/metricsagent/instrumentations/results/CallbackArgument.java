package io.metricsagent.instrumentations.results;

import io.metricsagent.bootstrap.Faults;

/**
 * An argument that is told how a call ends. An object stands for one argument of one call, and is
 * used by the thread of the method.
 */
public abstract class CallbackArgument {
  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  /** Only the classes of this file are callbacks. */
  CallbackArgument() {}

  /**
   * Returns the callback that an argument is, or {@code null} if it is none.
   *
   * @param declared the type of the parameter
   */
  public static CallbackArgument of(Object argument, Class<?> declared) {
    if (argument == null || !declared.isInterface()) {
      return null;
    }
    if (declared.getName().equals(CONTINUATION)) {
      Coroutines coroutines = Coroutines.of(declared);
      return coroutines == null ? null : new Suspended(argument, coroutines);
    }
    CallbackShape shape = CallbackShape.of(declared);
    return shape == null ? null : new Listening(argument, declared, shape);
  }

  /**
   * Returns whether a suspending function is called with its own state, because it goes on after it
   * was suspended.
   *
   * @param continuation its last argument
   */
  public static boolean isRest(Object continuation) {
    return Coroutines.isResumption(continuation);
  }

  /** Returns whether the method is a coroutine that goes on after it was suspended. */
  public boolean isResumption() {
    return false;
  }

  /** Returns the call that is resumed, or {@code null} if that is not followed. */
  public OpenCall resumed() {
    return null;
  }

  /** Returns whether the callback gets the answer in pieces. */
  public abstract boolean isStreamed();

  /** Returns whether the callback can be replaced. */
  public abstract boolean canBeWatched();

  /**
   * Returns what the method gets in place of the argument, which must be called once.
   *
   * @param call is told how the call ends
   */
  public abstract Object watched(OpenCall call);

  /**
   * The method has returned.
   *
   * @return whether the call goes on
   */
  public abstract boolean goesOn(Object result, Throwable thrown);

  /** A suspending function of Kotlin. */
  private static final class Suspended extends CallbackArgument {
    private final Object original;
    private final Coroutines coroutines;
    private Coroutines.Suspension suspension;

    Suspended(Object original, Coroutines coroutines) {
      this.original = original;
      this.coroutines = coroutines;
    }

    @Override
    public boolean isResumption() {
      return Coroutines.isResumption(original);
    }

    @Override
    public OpenCall resumed() {
      return coroutines.callOf(original);
    }

    @Override
    public boolean isStreamed() {
      return false;
    }

    @Override
    public boolean canBeWatched() {
      return true;
    }

    @Override
    public Object watched(OpenCall call) {
      try {
        suspension = coroutines.suspension(original, call);
        return suspension.continuation();
      } catch (ReflectiveOperationException e) {
        Faults.absorbed("a suspending function was not followed", e);
        return original;
      }
    }

    @Override
    public boolean goesOn(Object result, Throwable thrown) {
      if (suspension == null) {
        return false;
      }
      if (thrown == null && coroutines.isSuspended(result)) {
        return true;
      }
      suspension.release();
      return false;
    }
  }

  /** A callback of a shape that is known. */
  private static final class Listening extends CallbackArgument {
    private final CallbackShape shape;
    private final CallbackShape.Listener listener;
    private final Object watched;
    private final boolean replaced;

    Listening(Object original, Class<?> declared, CallbackShape shape) {
      this.shape = shape;
      listener = new CallbackShape.Listener(original, shape);
      watched = listener.like(declared);
      replaced = watched != original;
    }

    @Override
    public boolean isStreamed() {
      return shape.isStreamed();
    }

    @Override
    public boolean canBeWatched() {
      return replaced;
    }

    @Override
    public Object watched(OpenCall call) {
      listener.tells(call);
      return watched;
    }

    @Override
    public boolean goesOn(Object result, Throwable thrown) {
      return thrown == null;
    }
  }
}
