package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * One step from an object to a value of it. The getter is looked up once for each class and kept as
 * a {@link MethodHandle}, so no class or loader is kept alive; once it was called often, it is
 * called by a {@link ReaderClass} of its own. An {@link Optional} is replaced by its content.
 * Thread-safe.
 */
public abstract class Getters extends ClassValue<Getter> {
  /** What cannot be read: there is no getter, or it throws. */
  public static final Object UNKNOWN = new Object();

  /** What {@link #readWhole} returns if the getter is none of a primitive whole number. */
  public static final long NOT_WHOLE = Long.MIN_VALUE;

  /** What {@link #readWhole} returns if the getter throws. */
  public static final long FAILED = Long.MIN_VALUE + 1;

  /**
   * A getter that throws this many times in a row is not called for a while, since exceptions are
   * slow.
   */
  static final int MAX_REFUSALS = 16;

  /**
   * So many calls make a getter worth a class of its own, which takes a millisecond and some
   * kilobytes to make, and saves some ten nanoseconds a call. It must be there before the JIT
   * compiler has optimised the callers, which it would have to do again.
   */
  static final int MANY_CALLS = 1_000;

  private static final WeakReference<Getter> NONE = new WeakReference<>(null);

  private final int maxRefusals;

  /**
   * The getter of the class that was read first. Most steps read objects of one class, whose getter
   * is found here with fewer reads of memory than {@link ClassValue} needs. Weak, so that it keeps
   * no class alive; racy on purpose, since any getter will do.
   */
  private WeakReference<Getter> first = NONE;

  /** Makes a step whose getters are called once a second after some exceptions in a row. */
  protected Getters() {
    this(MAX_REFUSALS);
  }

  Getters(int maxRefusals) {
    this.maxRefusals = maxRefusals;
  }

  /**
   * Looks the getter of a class up.
   *
   * @return a handle with one argument, the object, and a result; {@code null} if there is none
   */
  protected abstract MethodHandle find(Class<?> type);

  @Override
  protected final Getter computeValue(Class<?> type) {
    return new Getter(type, search(type), maxRefusals);
  }

  private Getter of(Class<?> type) {
    Getter known = first.get();
    if (known != null && known.type == type) {
      return known;
    }
    Getter found = get(type);
    if (known == null) {
      first = new WeakReference<>(found);
    }
    return found;
  }

  final MethodHandle search(Class<?> type) {
    return Privileges.areAsked() ? Privileges.with(() -> find(type)) : find(type);
  }

  /** Returns the time in nanoseconds, as {@link System#nanoTime}; a test has its own. */
  long nanoTime() {
    return System.nanoTime();
  }

  static boolean isWhole(Class<?> type) {
    return type == long.class || type == int.class || type == short.class || type == byte.class;
  }

  /**
   * Returns the value, which may be {@code null}, or {@link #UNKNOWN}.
   *
   * @param from not {@code null}
   */
  public final Object read(Object from) {
    Getter getter = of(from.getClass());
    if (getter.isOff(this)) {
      return UNKNOWN;
    }
    try {
      Object value = getter.reader.apply(from);
      getter.answered();
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    } catch (Throwable e) { // the application gets the same exception where it calls the getter
      refused(getter, e);
      return UNKNOWN;
    }
  }

  /**
   * Returns the value, or {@code null} if it is unknown. As a request is read by some ten getters,
   * and the JIT compiler inlines each of them, the code here is short, and all but the usual case
   * is elsewhere.
   *
   * @param from not {@code null}
   */
  final Object readOrNull(Object from) {
    Getter known = first.get();
    if (known == null || known.type != from.getClass() || !known.plain) {
      return knownOrNull(read(from));
    }
    try {
      return known.reader.apply(from);
    } catch (Throwable e) {
      refused(known, e);
      return null;
    }
  }

  private static Object knownOrNull(Object value) {
    return value == UNKNOWN ? null : value;
  }

  /**
   * Returns the value of a getter of a primitive whole number, and allocates nothing; else {@link
   * #NOT_WHOLE} or {@link #FAILED}.
   *
   * @param from not {@code null}
   */
  public final long readWhole(Object from) {
    Getter getter = of(from.getClass());
    ToLongFunction<Object> reader = getter.numberReader;
    if (reader == null || getter.isOff(this)) {
      return NOT_WHOLE;
    }
    try {
      long value = reader.applyAsLong(from);
      getter.answered();
      return value;
    } catch (Throwable e) {
      refused(getter, e);
      return FAILED;
    }
  }

  /**
   * Returns the value of a getter of a number, or -1 if it is unknown or negative. Allocates
   * nothing if it is a primitive whole number. Short for the same reason as {@link #readOrNull}.
   *
   * @param from not {@code null}
   */
  final long readLong(Object from) {
    Getter known = first.get();
    if (known == null || known.type != from.getClass() || !known.plain) {
      return readAnyLong(from);
    }
    try {
      ToLongFunction<Object> reader = known.numberReader;
      return reader == null
          ? asLong(known.reader.apply(from))
          : Math.max(-1, reader.applyAsLong(from));
    } catch (Throwable e) {
      refused(known, e);
      return -1;
    }
  }

  private long readAnyLong(Object from) {
    long whole = readWhole(from);
    return whole == NOT_WHOLE ? asLong(read(from)) : Math.max(-1, whole);
  }

  /** Returns a number, or -1 if the value is none, or negative. */
  static long asLong(Object value) {
    return value instanceof Number number ? Math.max(-1, number.longValue()) : -1;
  }

  /** Counts an exception as a refusal, unless the JVM itself failed. */
  private void refused(Getter getter, Throwable thrown) {
    if (thrown instanceof VirtualMachineError failure) {
      throw failure; // not the getter's fault
    }
    getter.refused(this);
  }
}
