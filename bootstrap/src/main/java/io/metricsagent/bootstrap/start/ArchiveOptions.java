package io.metricsagent.bootstrap.start;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether the JVM may have been told to write an archive of its classes (AppCDS, an AOT
 * cache). To ask the JVM itself costs several milliseconds of a start, so it is asked only then.
 * Stateless.
 */
final class ArchiveOptions {
  /** All options about archives have one of these in their names, or come from a file. */
  private static final String[] HINTS = {"Archive", "AOT", "-Xshare", "@", "Flags", "VMOptions"};

  /** What the JVM and its launcher read besides the command line. */
  private static final String[] VARIABLES = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS", "_JAVA_OPTIONS"
  };

  private ArchiveOptions() {}

  /** Returns false only if no option asks for an archive. */
  static boolean mayBeSet() {
    for (String variable : VARIABLES) {
      String value = System.getenv(variable);
      if (value != null && mayBeIn(value)) {
        return true;
      }
    }
    try (InputStream in = new FileInputStream("/proc/self/cmdline")) {
      return mayBeIn(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException | SecurityException e) {
      return true; // not Linux
    }
  }

  /** Returns whether options contain a hint; arguments of the application may contain one too. */
  static boolean mayBeIn(String options) {
    for (String hint : HINTS) {
      if (options.contains(hint)) {
        return true;
      }
    }
    return false;
  }
}
