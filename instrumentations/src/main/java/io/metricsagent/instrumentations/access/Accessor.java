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

/**
 * Reads a value of a library object by a path of public no-argument methods, such as {@code
 * metadata().tokenUsage().inputTokenCount()}, or of methods that take a text, such as {@code
 * get(error)}.
 *
 * <p>The library is never compiled against. Each step finds its method once a class and keeps a
 * {@link MethodHandle} in a {@link ClassValue}, so nothing here keeps a class or its loader alive.
 * An {@link Optional} stands for its content. A missing method, a null on the way or a getter that
 * throws all mean "not known": {@code null}. Immutable and thread-safe.
 */
public final class Accessor {
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
  private static final MethodHandle MISSING =
      MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);

  /** A getter that refuses this often in a row is not asked again: exceptions cost microseconds. */
  private static final int MAX_REFUSALS = 16;

  /** The getter of one class. */
  private static final class Getter {
    private final MethodHandle handle;
    private int refusals; // racy on purpose: a few more or less do not matter

    Getter(MethodHandle handle) {
      this.handle = handle;
    }
  }

  private static final class Step extends ClassValue<Getter> {
    private final String method;

    /** {@code null} for a method without arguments. */
    private final String argument;

    Step(String method, String argument) {
      this.method = method;
      this.argument = argument;
    }

    @Override
    protected Getter computeValue(Class<?> type) {
      MethodHandle found = Privileges.areAsked() ? Privileges.with(() -> find(type)) : find(type);
      return new Getter(found == null ? MISSING : found);
    }

    /**
     * Looks in public classes and interfaces only: the class itself is often hidden in its library.
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
        return (argument == null ? handle : MethodHandles.insertArguments(handle, 1, argument))
            .asType(GETTER);
      } catch (NoSuchMethodException | IllegalAccessException | LinkageError e) {
        return null;
      }
    }
  }

  private final Step[] steps;

  private Accessor(Step[] steps) {
    this.steps = steps;
  }

  /**
   * Makes an accessor.
   *
   * @param path method names with {@code ()}, or with a text without a dot in them, joined by dots
   * @throws IllegalArgumentException if the path has another form
   */
  public static Accessor path(String path) {
    List<Step> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      int open = part.indexOf('(');
      if (open < 1 || !part.endsWith(")")) {
        throw new IllegalArgumentException(
            "expected a path such as metadata().modelName(), not " + path);
      }
      String argument = part.substring(open + 1, part.length() - 1);
      steps.add(new Step(part.substring(0, open), argument.isEmpty() ? null : argument));
    }
    return new Accessor(steps.toArray(new Step[0]));
  }

  /** Reads the value; {@code null} when it is not known. */
  public Object read(Object from) {
    Object value = from;
    for (Step step : steps) {
      if (value == null) {
        return null;
      }
      Getter getter = step.get(value.getClass());
      if (getter.refusals >= MAX_REFUSALS) {
        return null;
      }
      try {
        value = (Object) getter.handle.invokeExact(value);
        if (value instanceof Optional<?> optional) {
          value = optional.orElse(null);
        }
        getter.refusals = 0;
      } catch (VirtualMachineError e) { // says nothing of the getter, and a wrong name is worse
        throw e;
      } catch (Throwable e) { // the application will meet the same exception where it asks
        getter.refusals++;
        return null;
      }
    }
    return value;
  }

  /** Reads a text; {@code null} when it is not known or blank. */
  public String readString(Object from) {
    Object value = read(from);
    if (value == null) {
      return null;
    }
    String text = value.toString();
    return text.isBlank() ? null : text;
  }

  /** Reads a number; -1 when it is not known or negative. */
  public long readLong(Object from) {
    return read(from) instanceof Number number ? Math.max(-1, number.longValue()) : -1;
  }
}
