package io.metricsagent.exporters.otlp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * OpenTelemetry's agent, if it runs in the same JVM. It would make a span of each of our exports,
 * but has a static method that runs a task without tracing it. Immutable.
 */
final class OtherAgent {
  private static final MethodType SIGNATURE = MethodType.methodType(void.class, Runnable.class);

  private final MethodHandle suppress;

  private OtherAgent(MethodHandle suppress) {
    this.suppress = suppress;
  }

  /** Looks for the agent in the bootstrap loader, where it puts its API. */
  static OtherAgent find() {
    // Concatenated at run time, because the packaging would replace the package in a single
    // constant by that of our own copy.
    String api = "io.".concat("opentelemetry.javaagent.shaded.io.opentelemetry.api.");
    return find(null, api + "impl.InstrumentationUtil", api + "internal.InstrumentationUtil");
  }

  static OtherAgent find(ClassLoader loader, String... names) {
    for (String name : names) {
      try {
        return new OtherAgent(
            MethodHandles.publicLookup()
                .findStatic(
                    Class.forName(name, true, loader), "suppressInstrumentation", SIGNATURE));
      } catch (ReflectiveOperationException | LinkageError e) {
        // This class does not exist; if none does, there is nothing to switch off.
      }
    }
    return new OtherAgent(null);
  }

  /** Runs a task that OpenTelemetry's agent must not trace. */
  void unseen(Runnable task) {
    if (suppress == null) {
      task.run();
      return;
    }
    try {
      suppress.invokeExact(task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // cannot happen: a Runnable throws no checked exceptions
    }
  }
}
