package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Reads a value of a library object by a path of public no-argument methods, such as {@code
 * metadata().tokenUsage().inputTokenCount()}, or of methods that take a text, such as {@code
 * get(error)}.
 *
 * <p>The agent is not compiled against the library. Each step looks its method up once for each
 * class and stores a {@link MethodHandle} in a {@link ClassValue}, so no class or loader is kept
 * alive. An {@link Optional} is replaced by its content. If a method is missing, a value on the way
 * is null or a getter throws, the value is unknown: {@code null}. Immutable and thread-safe.
 */
public final class Accessor {
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodType WHOLE_NUMBER = MethodType.methodType(long.class, Object.class);
  private static final MethodHandle MISSING =
      MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);

  /**
   * A getter that throws this many times in a row is not called again, since exceptions are slow.
   */
  private static final int MAX_REFUSALS = 16;

  /** The getter of one class. */
  private static final class Getter {
    private final MethodHandle handle;

    /** The same as a {@code long} that is not boxed, or {@code null} if it is no whole number. */
    private final MethodHandle number;

    private final int maxRefusals;
    private int refusals; // racy on purpose: the limit need not be exact

    Getter(MethodHandle found, int maxRefusals) {
      this.maxRefusals = maxRefusals;
      handle = found == null ? MISSING : found.asType(GETTER);
      number =
          found != null && isWhole(found.type().returnType()) ? found.asType(WHOLE_NUMBER) : null;
    }

    private static boolean isWhole(Class<?> type) {
      return type == long.class || type == int.class || type == short.class || type == byte.class;
    }

    boolean isOff() {
      return handle == MISSING || refusals >= maxRefusals;
    }

    void answered() {
      if (refusals != 0) { // no write that threads on other processors would wait for
        refusals = 0;
      }
    }
  }

  private static final class Step extends ClassValue<Getter> {
    private final String method;

    /** The method's argument; {@code null} for a method without arguments. */
    private final String argument;

    private final int maxRefusals;

    Step(String method, String argument, int maxRefusals) {
      this.method = method;
      this.argument = argument;
      this.maxRefusals = maxRefusals;
    }

    @Override
    protected Getter computeValue(Class<?> type) {
      return new Getter(search(type), maxRefusals);
    }

    private MethodHandle search(Class<?> type) {
      return Privileges.areAsked() ? Privileges.with(() -> find(type)) : find(type);
    }

    /** Returns a reader for loops; {@code null} if the step is no getter of a whole number. */
    ToLongFunction<Object> reader(Class<?> type) {
      MethodHandle found = argument == null ? search(type) : null;
      return found == null || !Getter.isWhole(found.type().returnType())
          ? null
          : NumberReader.of(MethodHandles.publicLookup().revealDirect(found));
    }

    /**
     * Looks the method up in public classes and interfaces only, since the class itself is often
     * not public.
     */
    private MethodHandle find(Class<?> type) {
      for (Class<?> c = type; c != null; c = c.getSuperclass()) {
        MethodHandle handle = declaredIn(c);
        if (handle != null) {
          return handle;
        }
        for (Class<?> i : c.getInterfaces()) {
          handle = find(i);
          if (handle != null) {
            return handle;
          }
        }
      }
      return null;
    }

    private MethodHandle declaredIn(Class<?> type) {
      if (!Modifier.isPublic(type.getModifiers())) {
        return null;
      }
      try {
        Method declared =
            argument == null
                ? type.getDeclaredMethod(method)
                : type.getDeclaredMethod(method, String.class);
        if (!Modifier.isPublic(declared.getModifiers()) || declared.getReturnType() == void.class) {
          return null;
        }
        MethodHandle handle = MethodHandles.publicLookup().unreflect(declared);
        return argument == null ? handle : MethodHandles.insertArguments(handle, 1, argument);
      } catch (NoSuchMethodException | IllegalAccessException | LinkageError e) {
        return null;
      }
    }
  }

  private final Step[] steps;

  private final ClassValue<ToLongFunction<Object>> readers =
      new ClassValue<>() {
        @Override
        protected ToLongFunction<Object> computeValue(Class<?> type) {
          ToLongFunction<Object> reader = steps.length == 1 ? steps[0].reader(type) : null;
          return reader == null ? Accessor.this::readLong : reader;
        }
      };

  private Accessor(Step[] steps) {
    this.steps = steps;
  }

  /**
   * Makes an accessor.
   *
   * @param path calls joined by dots: each a method's name with {@code ()}, or with one text
   *     argument, which contains no dot
   * @throws IllegalArgumentException if the path has another form
   */
  public static Accessor path(String path) {
    return path(path, MAX_REFUSALS);
  }

  /**
   * Makes an accessor of getters that throw for some objects of a class, and not for others, so
   * they are called for each object, however many have thrown. For what is read seldom.
   *
   * @throws IllegalArgumentException as {@link #path}
   */
  public static Accessor pathThatMayThrow(String path) {
    return path(path, Integer.MAX_VALUE);
  }

  private static Accessor path(String path, int maxRefusals) {
    List<Step> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      int open = part.indexOf('(');
      if (open < 1 || !part.endsWith(")")) {
        throw new IllegalArgumentException(
            "expected a path such as metadata().modelName(), not " + path);
      }
      String argument = part.substring(open + 1, part.length() - 1);
      steps.add(
          new Step(part.substring(0, open), argument.isEmpty() ? null : argument, maxRefusals));
    }
    return new Accessor(steps.toArray(new Step[0]));
  }

  /** Returns the value, or {@code null} if it is unknown. */
  public Object read(Object from) {
    Object value = from;
    for (Step step : steps) {
      if (value == null) {
        return null;
      }
      Getter getter = step.get(value.getClass());
      if (getter.isOff()) {
        return null;
      }
      try {
        value = (Object) getter.handle.invokeExact(value);
        if (value instanceof Optional<?> optional) {
          value = optional.orElse(null);
        }
        getter.answered();
      } catch (VirtualMachineError e) { // not the getter's fault, so it must not count as a refusal
        throw e;
      } catch (Throwable e) { // the application gets the same exception where it calls the getter
        getter.refusals++;
        return null;
      }
    }
    return value;
  }

  /** Returns a text, or {@code null} if it is unknown or blank. */
  public String readString(Object from) {
    Object value = read(from);
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return text.isBlank() ? null : text;
  }

  /**
   * Returns a number, or -1 if it is unknown or negative. Allocates nothing where the path is one
   * method that returns a primitive whole number.
   */
  public long readLong(Object from) {
    if (steps.length == 1 && from != null) {
      Getter getter = steps[0].get(from.getClass());
      if (getter.number != null && !getter.isOff()) {
        return readPrimitive(getter, from);
      }
    }
    return read(from) instanceof Number number ? Math.max(-1, number.longValue()) : -1;
  }

  /**
   * Returns what reads the same number as {@link #readLong} in a loop over many objects of one
   * class. A path of one getter that returns a primitive whole number costs no more there than the
   * getter itself; its negative numbers are returned as they are.
   */
  public ToLongFunction<Object> inLoopsOver(Class<?> type) {
    return readers.get(type);
  }

  private static long readPrimitive(Getter getter, Object from) {
    try {
      long value = (long) getter.number.invokeExact(from);
      getter.answered();
      return Math.max(-1, value);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      getter.refusals++;
      return -1;
    }
  }
}
