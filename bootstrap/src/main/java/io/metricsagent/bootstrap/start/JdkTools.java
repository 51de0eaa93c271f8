package io.metricsagent.bootstrap.start;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises JVMs that run a tool of the JDK or a command of the agent. Such JVMs get the agent
 * through {@code JAVA_TOOL_OPTIONS}, but are not to be measured. Stateless.
 */
final class JdkTools {
  /**
   * The source launcher, {@code java App.java}, is part of the compiler but runs an application.
   */
  private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

  /** The packages of tools, for commands that name a class without its module. */
  private static final String[] TOOL_PACKAGES = {
    "com.sun.tools.", "sun.tools.", "sun.security.tools.", "sun.rmi.registry.", "jdk."
  };

  private static final String JAR = ".jar";

  private static final String OWN_MAIN = "io.metricsagent.MetricsAgent";

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

  /** Returns the tool of the JDK that this JVM runs, or {@code null} if it runs something else. */
  static String running() {
    String command = System.getProperty("sun.java.command");
    return command == null ? question() : tool(command);
  }

  /**
   * Returns the tool that a command runs, or {@code null} if it runs something else.
   *
   * @param command main class or module and its arguments, as in {@code sun.java.command}
   */
  static String tool(String command) {
    int space = command.indexOf(' ');
    String main = space < 0 ? command : command.substring(0, space);
    if (main.startsWith(SOURCE_LAUNCHER) || main.endsWith(JAR)) {
      return null;
    }
    // The JDK reserves such module names, so the command is not an application.
    if ((main.startsWith("java.") || main.startsWith("jdk.")) && main.indexOf('/') > 0) {
      return main;
    }
    for (String prefix : TOOL_PACKAGES) {
      if (main.startsWith(prefix)) {
        return main;
      }
    }
    return null;
  }

  /**
   * Returns whether the JVM runs a command such as {@code java -jar metrics-agent.jar inspect}.
   *
   * @param agent the jar that this class was loaded from. If the command names a jar of the agent,
   *     both are the same jar, because the class path with the command's jar is searched first
   */
  static boolean runsOwnCommand(File agent) {
    String command = System.getProperty("sun.java.command");
    return command != null && isOwnCommand(command, agent);
  }

  /**
   * Returns whether a command runs a command of the agent.
   *
   * @param command main class or jar, and arguments; a jar's path may contain blanks
   */
  static boolean isOwnCommand(String command, File agent) {
    if (command.equals(OWN_MAIN) || command.startsWith(OWN_MAIN.concat(" "))) {
      return true;
    }
    for (int end = endOfJar(command, 0); end > 0; end = endOfJar(command, end)) {
      File main = new File(command.substring(0, end));
      if (main.isFile()) {
        return isSame(main, agent);
      }
    }
    return false;
  }

  private static boolean isSame(File main, File agent) {
    try {
      return main.getCanonicalPath().equals(agent.getCanonicalPath());
    } catch (IOException e) {
      return main.getAbsolutePath().equals(agent.getAbsolutePath());
    }
  }

  /** Returns the end of the next word that ends in {@code .jar}, or -1. */
  private static int endOfJar(String command, int from) {
    for (int at = command.indexOf(JAR, from); at >= 0; at = command.indexOf(JAR, at + 1)) {
      int end = at + JAR.length();
      if (end == command.length() || command.charAt(end) == ' ') {
        return end;
      }
    }
    return -1;
  }

  /**
   * Returns a command such as {@code java -version}, which starts a JVM without a main class, or
   * {@code null}. Programs that embed a JVM have no main class either, but are applications.
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
