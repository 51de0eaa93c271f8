package io.metricsagent.bootstrap.start;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The arguments of this process, as Linux shows them. Stateless. */
final class ProcessArguments {
  private static final String OPTION = "-javaagent:";

  /** The name in {@code Boot-Class-Path}; a jar with another name is not found here. */
  private static final String JAR = "metrics-agent.jar";

  private ProcessArguments() {}

  /**
   * Returns the agent's jar, or {@code null} unless there is exactly one on the command line. The
   * option may also come from an environment variable or a file.
   */
  static File agentJar() {
    try (InputStream in = new FileInputStream("/proc/self/cmdline")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      String path = agentPath(out.toString());
      File jar = path == null ? null : new File(path);
      return jar != null && jar.isFile() ? jar : null;
    } catch (IOException | SecurityException e) {
      return null;
    }
  }

  /**
   * Returns the path in the only option for this agent, or {@code null} unless there is exactly
   * one.
   *
   * @param commandLine arguments, each followed by a zero
   */
  static String agentPath(String commandLine) {
    String found = null;
    int start = commandLine.indexOf('\0') + 1;
    while (start > 0 && start < commandLine.length()) {
      int end = commandLine.indexOf('\0', start);
      String argument = commandLine.substring(start, end < 0 ? commandLine.length() : end);
      start = end + 1;
      if (takesNext(argument)) {
        start = commandLine.indexOf('\0', start) + 1;
      } else if (argument.equals("-jar") || argument.isEmpty() || argument.charAt(0) != '-') {
        return found; // the arguments that follow are the application's
      } else if (argument.startsWith(OPTION)) {
        int equals = argument.indexOf('=');
        String path = argument.substring(OPTION.length(), equals < 0 ? argument.length() : equals);
        if (path.equals(JAR) || path.endsWith("/" + JAR)) {
          if (found != null) {
            return null;
          }
          found = path;
        }
      }
    }
    return found;
  }

  /** Returns whether the value of a launcher option is in the next argument. */
  private static boolean takesNext(String argument) {
    return argument.equals("-cp")
        || argument.equals("-classpath")
        || argument.equals("-p")
        || (argument.startsWith("--") && argument.indexOf('=') < 0 && isLong(argument));
  }

  private static boolean isLong(String argument) {
    return argument.equals("--class-path")
        || argument.equals("--module-path")
        || argument.equals("--upgrade-module-path")
        || argument.equals("--add-modules")
        || argument.equals("--add-reads")
        || argument.equals("--add-exports")
        || argument.equals("--add-opens")
        || argument.equals("--limit-modules")
        || argument.equals("--patch-module")
        || argument.equals("--enable-native-access");
  }
}
