package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One step from an object to a value of it. The getter is looked up once for each class and kept as
 * a {@link MethodHandle}, so no class or loader is kept alive; once it was called often, it is
 * called by a {@link ReaderClass} of its own. An {@link Optional} is replaced by its content.
 * Thread-safe.
 */
public abstract class Getters extends ClassValue<Getters.Getter> {
  /** What cannot be read: there is no getter, or it throws. */
  public static final Object UNKNOWN = new Object();

  /** What {@link #readWhole} returns if the getter is none of a primitive whole number. */
  public static final long NOT_WHOLE = Long.MIN_VALUE;

  /** What {@link #readWhole} returns if the getter throws. */
  public static final long FAILED = Long.MIN_VALUE + 1;

  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType WHOLE_NUMBER = MethodType.methodType(long.class, Object.class);
  private static final MethodHandle MISSING =
      MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);

  /**
   * A getter that throws this many times in a row is not called for a while, since exceptions are
   * slow.
   */
  static final int MAX_REFUSALS = 16;

  /**
   * What was refused may be there again: a broker that could not be reached, a field of an answer
   * while all requests failed.
   */
  private static final long PAUSE_NANOS = 1_000_000_000;

  /**
   * So many calls make a getter worth a class of its own, which takes a millisecond and some
   * kilobytes to make, and saves some ten nanoseconds a call.
   */
  static final int MANY_CALLS = 10_000;

  /** The getter of one class. */
  public static final class Getter {
    private final Class<?> type;
    private final MethodHandle found;
    private final MethodHandle handle;

    /** The same as a {@code long} that is not boxed, or {@code null} if it is no whole number. */
    private final MethodHandle number;

    private final int maxRefusals;
    private int refusals; // racy on purpose: the limit need not be exact
    private long refusedNanos; // likewise
    private int calls; // likewise

    /** Calls the getter in place of the handle; {@code null} until it was called often. Racy. */
    private Function<Object, Object> reader;

    private Getter(Class<?> type, MethodHandle found, int maxRefusals) {
      this.type = type;
      this.maxRefusals = maxRefusals;
      this.found = found;
      handle = found == null ? MISSING : found.asType(GETTER);
      number =
          found != null && isWhole(found.type().returnType()) ? found.asType(WHOLE_NUMBER) : null;
    }

    private Object call(Object from) throws Throwable {
      Function<Object, Object> ready = reader;
      if (ready != null) {
        return ready.apply(from);
      }
      Object value = (Object) handle.invokeExact(from);
      if (++calls == MANY_CALLS) {
        reader = ReaderClass.of(found);
      }
      return value;
    }

    @SuppressWarnings("unchecked")
    private long callForNumber(Object from) throws Throwable {
      Function<Object, Object> ready = reader;
      if (ready != null) {
        return ((ToLongFunction<Object>) ready).applyAsLong(from);
      }
      long value = (long) number.invokeExact(from);
      if (++calls == MANY_CALLS) {
        reader = ReaderClass.of(found);
      }
      return value;
    }

    private boolean isOff(Getters step) {
      return handle == MISSING
          || (refusals >= maxRefusals && step.nanoTime() - refusedNanos < PAUSE_NANOS);
    }

    private void refused(Getters step) {
      reader = null; // in case that the JVM does not let it call the getter, as the handle may
      if (refusals < maxRefusals) {
        refusals++;
      }
      if (refusals >= maxRefusals) {
        refusedNanos = step.nanoTime();
      }
    }

    private void answered() {
      if (refusals != 0) { // no write that threads on other processors would wait for
        refusals = 0;
      }
    }
  }

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
      Object value = getter.call(from);
      getter.answered();
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    } catch (VirtualMachineError e) { // not the getter's fault, so it must not count as a refusal
      throw e;
    } catch (Throwable e) { // the application gets the same exception where it calls the getter
      getter.refused(this);
      return UNKNOWN;
    }
  }

  /**
   * Returns the value of a getter of a primitive whole number, and allocates nothing; else {@link
   * #NOT_WHOLE} or {@link #FAILED}.
   *
   * @param from not {@code null}
   */
  public final long readWhole(Object from) {
    Getter getter = of(from.getClass());
    if (getter.number == null || getter.isOff(this)) {
      return NOT_WHOLE;
    }
    try {
      long value = getter.callForNumber(from);
      getter.answered();
      return value;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      getter.refused(this);
      return FAILED;
    }
  }
}
