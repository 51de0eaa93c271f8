package io.metricsagent.instrumentations.access;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Reads a whole number from a library object by one public no-argument method that returns a
 * primitive. Unlike {@link Accessor} it makes no object of the number, so it is for what is read
 * from each message. Immutable and thread-safe; keeps no class and no loader alive.
 */
public final class LongAccessor {
  /** The value of a number that cannot be read. */
  public static final long UNKNOWN = -1;

  private static final MethodType GETTER = MethodType.methodType(long.class, Object.class);
  private static final MethodHandle MISSING =
      MethodHandles.dropArguments(MethodHandles.constant(long.class, UNKNOWN), 0, Object.class);

  private final Getters getters;

  private LongAccessor(Getters getters) {
    this.getters = getters;
  }

  /** Makes an accessor for a method that returns {@code long} or {@code int}. */
  public static LongAccessor of(String method) {
    return new LongAccessor(new Getters(method));
  }

  /** Returns the number, or {@link #UNKNOWN} if there is no such method or it throws. */
  public long read(Object from) {
    if (from == null) {
      return UNKNOWN;
    }
    try {
      return (long) getters.get(from.getClass()).invokeExact(from);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return UNKNOWN;
    }
  }

  private static final class Getters extends ClassValue<MethodHandle> {
    private final String method;

    Getters(String method) {
      this.method = method;
    }

    @Override
    protected MethodHandle computeValue(Class<?> type) {
      MethodHandle found = Privileges.areAsked() ? Privileges.with(() -> find(type)) : find(type);
      return found == null ? MISSING : found;
    }

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
        Method declared = type.getDeclaredMethod(method);
        Class<?> returned = declared.getReturnType();
        if (!Modifier.isPublic(declared.getModifiers())
            || (returned != long.class && returned != int.class)) {
          return null;
        }
        return MethodHandles.publicLookup().unreflect(declared).asType(GETTER);
      } catch (NoSuchMethodException | IllegalAccessException | LinkageError e) {
        return null;
      }
    }
  }
}
