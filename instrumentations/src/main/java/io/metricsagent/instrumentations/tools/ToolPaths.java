package io.metricsagent.instrumentations.tools;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.Errors;
import java.lang.reflect.Method;

/**
 * A decoder that is only paths. A failed call is named by the class of what was thrown. Immutable
 * and thread-safe.
 *
 * @param name from the first argument to the tool's name; {@code null} where the layer above knows
 *     the name
 * @param failure from the result to whether it stands for a failure; {@code null} where a call has
 *     failed if an inner layer threw
 */
public record ToolPaths(Accessor name, Accessor failure) implements ToolDecoder {
  /** Returns a decoder of a layer that does not know the tool's name. */
  public static ToolPaths withoutName() {
    return new ToolPaths(null, null);
  }

  /** Returns a decoder of calls whose first argument has the tool's name. */
  public static ToolPaths nameAt(String path) {
    return new ToolPaths(Accessor.path(path), null);
  }

  /** Returns this decoder for results that say by {@code true} at a path that the call failed. */
  public ToolPaths failureAt(String path) {
    return new ToolPaths(name, Accessor.path(path));
  }

  @Override
  public String name(Object executor, Object request) {
    return name == null ? null : name.readString(request);
  }

  /** Where the first argument is the tool's method, the second one has the arguments. */
  @Override
  public Object arguments(Object arg0, Object arg1) {
    return arg0 instanceof Method ? arg1 : arg0;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return failure == null ? innerFailure != null : Boolean.TRUE.equals(failure.read(result));
  }

  @Override
  public String errorCode(Throwable error) {
    return error == null ? null : Errors.type(error);
  }
}
