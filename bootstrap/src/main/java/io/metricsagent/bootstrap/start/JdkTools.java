package io.metricsagent.bootstrap.start;

import java.util.Optional;
import java.util.Set;

/**
 * Recognises JVMs that run a tool of the JDK, which pick the agent up through {@code
 * JAVA_TOOL_OPTIONS}. Stateless.
 */
final class JdkTools {
  /**
   * The source launcher, {@code java App.java}, is part of the compiler but runs an application.
   */
  private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

  private static final String[] TOOL_PACKAGES = {
    "com.sun.tools.", "sun.tools.", "sun.security.tools.", "jdk."
  };

  private static final Set<String> QUESTIONS =
      Set.of(
          "-version",
          "--version",
          "-fullversion",
          "--full-version",
          "-help",
          "--help",
          "-h",
          "-?",
          "-X",
          "--help-extra",
          "--list-modules",
          "--validate-modules",
          "--dry-run");

  private JdkTools() {}

  /** Returns what the JVM runs if that is a tool of the JDK, else {@code null}. */
  static String running() {
    String command = System.getProperty("sun.java.command");
    return command == null ? question() : tool(command);
  }

  /**
   * Returns the tool of a command.
   *
   * @param command main class or module and its arguments, as in {@code sun.java.command}
   */
  static String tool(String command) {
    int space = command.indexOf(' ');
    String main = space < 0 ? command : command.substring(0, space);
    if (main.startsWith(SOURCE_LAUNCHER)) {
      return null;
    }
    for (String prefix : TOOL_PACKAGES) {
      if (main.startsWith(prefix)) {
        return main;
      }
    }
    return null;
  }

  /**
   * {@code java -version} and its like start a JVM without a main class; so do programs that embed
   * one, which are applications.
   */
  private static String question() {
    Optional<String[]> arguments = ProcessHandle.current().info().arguments();
    if (arguments.isPresent()) {
      for (String argument : arguments.get()) {
        if (QUESTIONS.contains(argument)) {
          return "java " + argument;
        }
      }
    }
    return null;
  }
}
