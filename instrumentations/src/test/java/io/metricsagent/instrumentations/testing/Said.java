package io.metricsagent.instrumentations.testing;

import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextKeys;
import java.util.HashMap;
import java.util.Map;

/** What a test's application says of its threads: the diagnostic context of a log library. */
public final class Said {
  private static final ThreadLocal<Map<String, String>> VALUES =
      ThreadLocal.withInitial(HashMap::new);

  private Said() {}

  /** Returns the value of a key on this thread, or {@code null}; called by the agent. */
  public static String get(String key) {
    return VALUES.get().get(key);
  }

  /** Says something of this thread. */
  public static void put(String key, String value) {
    VALUES.get().put(key, value);
  }

  /** Says nothing more of this thread. */
  public static void clear() {
    VALUES.remove();
  }

  /** Runs a task of which an experiment is said. */
  public static void with(String experiment, Runnable task) {
    put("experiment", experiment);
    try {
      task.run();
    } finally {
      clear();
    }
  }

  /** Returns what reads what is said. */
  public static CallContexts contexts() {
    CallContexts contexts = new CallContexts(ContextKeys.of(Map.of()), type -> true);
    contexts.loadsLogContext(Said.class.getName(), Said.class.getClassLoader());
    return contexts;
  }
}
