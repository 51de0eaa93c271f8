package io.metricsagent.instrumentations.results;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.instrumentations.access.StandIn;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * The coroutines of one copy of Kotlin's standard library. Thread-safe.
 *
 * <p>A suspending function gets a continuation, which is told its end. The one that takes its place
 * is made by the library itself, because only the library's own class is resumed on the dispatcher
 * of its context: it passes the end on to {@link End}, and that to the original.
 */
final class Coroutines {
  private static final String INTRINSICS = "kotlin.coroutines.intrinsics.IntrinsicsKt";
  private static final String FUNCTION = "kotlin.jvm.functions.Function1";
  private static final String BASE = "kotlin.coroutines.jvm.internal.BaseContinuationImpl";
  private static final String FAILURE = "kotlin.Result$Failure";

  /** More suspended callers of a function are not searched for a call. */
  private static final int MAX_CALLERS = 64;

  private static final ClassValue<Coroutines> ALL =
      new ClassValue<>() {
        @Override
        protected Coroutines computeValue(Class<?> continuation) {
          try {
            return new Coroutines(continuation);
          } catch (ReflectiveOperationException | LinkageError e) {
            Faults.absorbed("suspending functions cannot be followed", e);
            return null;
          }
        }
      };

  /** The state of a suspending function; {@code null} for continuations that have none. */
  private static final ClassValue<Field> STATES =
      new ClassValue<>() {
        @Override
        protected Field computeValue(Class<?> type) {
          try {
            Field label = type.getDeclaredField("label");
            label.setAccessible(true);
            return label.getType() == int.class ? label : null;
          } catch (NoSuchFieldException | RuntimeException | LinkageError e) {
            return null;
          }
        }
      };

  private final Class<?> continuation;
  private final Object suspended;
  private final Object block;
  private final MethodHandle create;
  private final Method resumeWith;
  private final Class<?> base;
  private final MethodHandle completion;
  private final Class<?> failure;
  private final Field exception;

  private Coroutines(Class<?> continuation) throws ReflectiveOperationException {
    this.continuation = continuation;
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> intrinsics = library(INTRINSICS);
    Class<?> function = library(FUNCTION);
    suspended = suspended(lookup, intrinsics);
    create =
        lookup
            .findStatic(
                intrinsics,
                "createCoroutineUnintercepted",
                MethodType.methodType(continuation, function, continuation))
            .asType(MethodType.genericMethodType(2));
    resumeWith = continuation.getMethod("resumeWith", Object.class);
    base = library(BASE);
    completion =
        lookup
            .findVirtual(base, "getCompletion", MethodType.methodType(continuation))
            .asType(MethodType.genericMethodType(1));
    failure = library(FAILURE);
    exception = failure.getField("exception");
    block = new Block(suspended).as(function);
  }

  private static Object suspended(MethodHandles.Lookup lookup, Class<?> intrinsics)
      throws ReflectiveOperationException {
    try {
      return lookup
          .findStatic(intrinsics, "getCOROUTINE_SUSPENDED", MethodType.methodType(Object.class))
          .asType(MethodType.genericMethodType(0))
          .invoke();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ReflectiveOperationException(e);
    }
  }

  private Class<?> library(String name) throws ClassNotFoundException {
    return Class.forName(name, true, continuation.getClassLoader());
  }

  /**
   * Returns the coroutines of the library that an interface belongs to, or {@code null} if they are
   * not known.
   *
   * @param continuation the interface {@code kotlin.coroutines.Continuation}
   */
  static Coroutines of(Class<?> continuation) {
    return ALL.get(continuation);
  }

  /** Returns whether a suspending function has returned without its result, which follows later. */
  boolean isSuspended(Object result) {
    return result == suspended;
  }

  /**
   * Returns whether a function is called with its own state, because it goes on after it was
   * suspended. The library sets the highest bit of the state for such a call, and for no other.
   */
  static boolean isResumption(Object continuation) {
    Field label = STATES.get(continuation.getClass());
    try {
      return label != null && label.getInt(continuation) < 0;
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  /**
   * Returns the followed call that a function's own state belongs to: that of the function, or of
   * the nearest function that has called it; {@code null} if there is none.
   */
  OpenCall callOf(Object state) {
    Object current = state;
    for (int i = 0; i < MAX_CALLERS && current != null; i++) {
      if (StandIn.behind(current) instanceof End end) {
        return end.call;
      }
      current = completionOf(current);
    }
    return null;
  }

  private Object completionOf(Object state) {
    try {
      return base.isInstance(state) ? completion.invoke(state) : null;
    } catch (Throwable e) { // the library's method throws nothing
      return null;
    }
  }

  /**
   * Returns what takes the place of a continuation, so that {@code call} is told its end.
   *
   * @throws ReflectiveOperationException if the library refuses
   */
  Suspension suspension(Object original, OpenCall call) throws ReflectiveOperationException {
    End end = new End(original, call);
    try {
      Object ours = create.invoke(block, end.as(continuation));
      resumeWith.invoke(ours, (Object) null); // it suspends itself at once, in its block
      return new Suspension(ours, end);
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ReflectiveOperationException(e);
    }
  }

  /** A continuation in the place of another one. */
  final class Suspension {
    private final Object ours;
    private final End end;

    private Suspension(Object ours, End end) {
      this.ours = ours;
      this.end = end;
    }

    /** Returns the continuation to pass to the function. */
    Object continuation() {
      return ours;
    }

    /**
     * The function has returned its result: the continuation is not needed, and frees what its
     * dispatcher has for it.
     */
    void release() {
      end.released = true;
      try {
        resumeWith.invoke(ours, (Object) null);
      } catch (ReflectiveOperationException e) {
        Faults.absorbed("a continuation was not released", e);
      }
    }
  }

  /** The code of the continuations of the agent, which suspends at once. */
  private static final class Block extends StandIn {
    private final Object suspended;

    Block(Object suspended) {
      super(suspended);
      this.suspended = suspended;
    }

    @Override
    protected Object passOn(Method method, Object[] arguments) {
      return suspended;
    }
  }

  /** Between the continuation of the agent and the original. */
  private final class End extends StandIn {
    private final OpenCall call;
    private volatile boolean released;

    End(Object original, OpenCall call) {
      super(original);
      this.call = call;
    }

    @Override
    protected void calling(String method, Object[] args) throws ReflectiveOperationException {
      if (released || !method.equals("resumeWith")) {
        return;
      }
      if (failure.isInstance(args[0])) {
        call.failed((Throwable) exception.get(args[0]));
      } else {
        call.ended(args[0]);
      }
    }

    @Override
    protected Object passOn(Method method, Object[] arguments) throws Throwable {
      return released && method.equals(resumeWith) ? null : super.passOn(method, arguments);
    }
  }
}
