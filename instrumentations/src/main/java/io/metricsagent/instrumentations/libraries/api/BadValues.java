package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.bootstrap.AgentLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks the values that an application passes to the collector, and warns once for each kind of
 * mistake: what was wrong, in which line of the application, and what was recorded. Never throws.
 * Thread-safe; checking a good value takes no lock and allocates nothing.
 */
final class BadValues {
  /** The kinds of mistakes that were reported: at most one for each method and parameter. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * Returns whether a name is neither null nor blank; if it is, warns that the call was not
   * recorded.
   */
  boolean isName(String method, String parameter, String name) {
    if (name != null && !name.isBlank()) {
      return true;
    }
    say(method, parameter, name == null ? "null" : "blank", "the call was not recorded");
    return false;
  }

  /** Returns a time in milliseconds; warns about a negative time and returns 0 for it. */
  long time(String method, String parameter, long millis) {
    if (millis < 0) {
      say(method, parameter, String.valueOf(millis), "0 was recorded");
      return 0;
    }
    return millis;
  }

  /**
   * Warns about a value, unless the same kind of mistake was reported before.
   *
   * @param value the value as text
   * @param instead a sentence, without its full stop, that says what was recorded
   */
  void say(String method, String parameter, String value, String instead) {
    if (reported.add(method + ' ' + parameter)) {
      AgentLog.warn(
          "MetricsCollector."
              + method
              + " was called "
              + caller(new Throwable().getStackTrace())
              + ", where "
              + parameter
              + " is "
              + value
              + ": "
              + instead
              + ". Further such calls are not reported");
    }
  }

  /** Returns the line of the application, which is the stack frame below the collector's proxy. */
  static String caller(StackTraceElement[] stack) {
    for (int i = 0; i + 1 < stack.length; i++) {
      if (stack[i].getClassName().contains("$Proxy")) {
        return "at " + stack[i + 1];
      }
    }
    return "at an unknown line";
  }
}
