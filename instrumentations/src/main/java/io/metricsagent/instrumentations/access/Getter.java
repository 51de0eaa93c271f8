package io.metricsagent.instrumentations.access;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The getter of one class. It calls its handle, and in time a {@link ReaderClass} in place of
 * itself, through the same interfaces. So the JIT compiler inlines one call where a getter is used,
 * and not all that a method handle consists of.
 */
public final class Getter implements Function<Object, Object>, ToLongFunction<Object> {
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType WHOLE_NUMBER = MethodType.methodType(long.class, Object.class);

  /**
   * What was refused may be there again: a broker that could not be reached, a field of an answer
   * while all requests failed.
   */
  private static final long PAUSE_NANOS = 1_000_000_000;

  final Class<?> type;

  /** {@code null} if the class has no such getter. */
  private final MethodHandle found;

  /** The same with the type that it is called with. */
  private final MethodHandle handle;

  /** The same as a {@code long} that is not boxed, or {@code null} if it is no whole number. */
  private final MethodHandle number;

  private final int maxRefusals;
  private final boolean mayBeOptional;

  /** Whether it did not throw when it was called last, and its value is used as it is. Racy. */
  boolean plain;

  private int refusals; // racy on purpose: the limit need not be exact
  private long refusedNanos; // likewise
  private int calls; // likewise

  /** What calls the getter: this object until it was called often. Racy. */
  Function<Object, Object> reader = this;

  /** The same for a whole number that is not boxed; {@code null} if it is none. Racy. */
  ToLongFunction<Object> numberReader;

  Getter(Class<?> type, MethodHandle found, int maxRefusals) {
    this.type = type;
    this.maxRefusals = maxRefusals;
    this.found = found;
    handle = found == null ? null : found.asType(GETTER);
    number =
        found != null && Getters.isWhole(found.type().returnType())
            ? found.asType(WHOLE_NUMBER)
            : null;
    numberReader = number == null ? null : this;
    mayBeOptional = found != null && found.type().returnType().isAssignableFrom(Optional.class);
    plain = found != null && !mayBeOptional;
  }

  @Override
  public Object apply(Object from) {
    try {
      Object value = (Object) handle.invokeExact(from);
      called();
      return value;
    } catch (Throwable thrown) {
      throw Getter.<RuntimeException>unchecked(thrown);
    }
  }

  @Override
  public long applyAsLong(Object from) {
    try {
      long value = (long) number.invokeExact(from);
      called();
      return value;
    } catch (Throwable thrown) {
      throw Getter.<RuntimeException>unchecked(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private void called() {
    if (++calls == Getters.MANY_CALLS) {
      Function<Object, Object> made = ReaderClass.of(found);
      if (made != null) {
        reader = made;
        numberReader = number == null ? null : (ToLongFunction<Object>) made;
      }
    }
  }

  /** Throws an exception as it is, as a class made by {@link ReaderClass} does. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the type is erased
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  boolean isOff(Getters step) {
    return found == null
        || (refusals >= maxRefusals && step.nanoTime() - refusedNanos < PAUSE_NANOS);
  }

  void refused(Getters step) {
    plain = false;
    reader = this; // in case that the JVM does not let a class call what the handle may call
    numberReader = number == null ? null : this;
    if (refusals < maxRefusals) {
      refusals++;
    }
    if (refusals >= maxRefusals) {
      refusedNanos = step.nanoTime();
    }
  }

  void answered() {
    if (refusals != 0) { // no write that threads on other processors would wait for
      refusals = 0;
      plain = !mayBeOptional;
    }
  }
}
