package io.metricsagent.instrumentations.rules;

/**
 * A method that a rule asks for.
 *
 * @param name its name
 * @param descriptor its descriptor as in the class file, or {@code null} for every method of that
 *     name
 */
public record MethodTarget(String name, String descriptor) {
  /** Returns a target for one exact method. */
  public static MethodTarget exactly(String name, String descriptor) {
    return new MethodTarget(name, descriptor);
  }

  /** Returns a target for all methods of a name. */
  public static MethodTarget named(String name) {
    return new MethodTarget(name, null);
  }

  /** Returns whether a method is meant. */
  public boolean matches(String methodName, String methodDescriptor) {
    return name.equals(methodName) && (descriptor == null || descriptor.equals(methodDescriptor));
  }

  @Override
  public String toString() {
    return descriptor == null ? name : name + descriptor;
  }
}
