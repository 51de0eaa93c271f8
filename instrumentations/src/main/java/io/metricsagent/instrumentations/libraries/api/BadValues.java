package io.metricsagent.instrumentations.libraries.api;

import io.metricsagent.bootstrap.AgentLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the values that an application hands over, and says once for each kind of mistake what
 * was wrong, in which line of the application, and what was recorded. Never throws. Thread-safe;
 * good values cost neither a lock nor an allocation.
 */
final class BadValues {
  /** The mistakes that were reported; the code knows about twenty. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** Returns whether a name is one; says that the call is not recorded if it is not. */
  boolean isName(String method, String parameter, String name) {
    if (name != null && !name.isBlank()) {
      return true;
    }
    say(method, parameter, name == null ? "null" : "blank", "the call was not recorded");
    return false;
  }

  /** Returns a time in milliseconds; one that is negative counts as 0. */
  long time(String method, String parameter, long millis) {
    if (millis < 0) {
      say(method, parameter, String.valueOf(millis), "0 was recorded");
      return 0;
    }
    return millis;
  }

  /**
   * Says what was wrong with a value, unless that was said before.
   *
   * @param value the value as text
   * @param instead what became of the call, as a sentence without its full stop
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

  /** Returns the line of the application: what is below the collector's proxy. */
  static String caller(StackTraceElement[] stack) {
    for (int i = 0; i + 1 < stack.length; i++) {
      if (stack[i].getClassName().contains("$Proxy")) {
        return "at " + stack[i + 1];
      }
    }
    return "at an unknown line";
  }
}
