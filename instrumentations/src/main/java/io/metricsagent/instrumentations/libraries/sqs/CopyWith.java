package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.targets.Privileges;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Copies the SDK's immutable objects with one property changed: {@code
 * object.toBuilder().property(value).build()}. The handles are looked up once for each class, and
 * keep no class and no loader alive. Immutable and thread-safe.
 */
final class CopyWith {
  private static final MethodType COPY =
      MethodType.methodType(Object.class, Object.class, Object.class);
  private static final MethodHandle NONE =
      MethodHandles.dropArguments(
          MethodHandles.constant(Object.class, null), 0, Object.class, Object.class);

  private final Copiers copiers;

  /**
   * Makes a copier.
   *
   * @param property the builder's method
   * @param type the type of the method's argument
   */
  CopyWith(String property, Class<?> type) {
    copiers = new Copiers(property, type);
  }

  /** Returns the copy, or {@code null} if it cannot be made. */
  Object copy(Object object, Object value) {
    try {
      return (Object) copiers.get(object.getClass()).invokeExact(object, value);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) { // the application gets the object as it is
      return null;
    }
  }

  private static final class Copiers extends ClassValue<MethodHandle> {
    private final String property;
    private final Class<?> type;

    Copiers(String property, Class<?> type) {
      this.property = property;
      this.type = type;
    }

    @Override
    protected MethodHandle computeValue(Class<?> copied) {
      MethodHandle found =
          Privileges.areAsked() ? Privileges.with(() -> find(copied)) : find(copied);
      return found == null ? NONE : found;
    }

    private MethodHandle find(Class<?> copied) {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle toBuilder = lookup.unreflect(copied.getMethod("toBuilder"));
        Class<?> builder = toBuilder.type().returnType();
        MethodHandle set = lookup.unreflect(builder.getMethod(property, type));
        MethodHandle build = lookup.unreflect(builder.getMethod("build"));
        MethodHandle change = MethodHandles.filterArguments(set, 0, toBuilder);
        MethodHandle copy =
            MethodHandles.filterReturnValue(
                change, build.asType(MethodType.methodType(Object.class, set.type().returnType())));
        return copy.asType(COPY);
      } catch (NoSuchMethodException | IllegalAccessException | LinkageError e) {
        return null;
      }
    }
  }
}
