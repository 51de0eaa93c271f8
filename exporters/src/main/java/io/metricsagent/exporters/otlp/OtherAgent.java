package io.metricsagent.exporters.otlp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * OpenTelemetry's agent, where it runs beside this one: it would make a span of each of our
 * exports. It has a switch for that, a static method that runs something without being watched.
 * Immutable.
 */
final class OtherAgent {
  private static final MethodType SIGNATURE = MethodType.methodType(void.class, Runnable.class);

  private final MethodHandle suppress;

  private OtherAgent(MethodHandle suppress) {
    this.suppress = suppress;
  }

  /** Looks for the agent where it puts its API: in the bootstrap loader. */
  static OtherAgent find() {
    // Put together here: as one constant, the packaging would give it our copy's package.
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
        // Not this one; without any there is nothing to switch off.
      }
    }
    return new OtherAgent(null);
  }

  /** Runs something that it is not to see. */
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
      throw new IllegalStateException(e); // a Runnable throws nothing else
    }
  }
}
