package io.metricsagent.bootstrap.start;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether the options of the JVM may tell it to write an archive of its classes (AppCDS, an
 * AOT cache). Asking the JVM itself slows each start down, so the launcher asks it only if an
 * option may say so. Stateless.
 */
final class ArchiveOptions {
  /**
   * Every option about archives contains one of these texts, or is in a file whose option contains
   * one.
   */
  private static final String[] HINTS = {"Archive", "AOT", "-Xshare", "@", "Flags", "VMOptions"};

  /** The environment variables from which the JVM and its launcher read options. */
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
      return true; // not Linux, or the file cannot be read
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
