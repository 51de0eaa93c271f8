package io.metricsagent.agent.cli;

import java.io.Console;

/** Tells whether people see what a command prints. Stateless. */
final class Terminal {
  private Terminal() {}

  /** Returns whether standard output is a terminal. */
  static boolean isStandardOutput() {
    return isTerminal(System.console(), Console.class);
  }

  /**
   * Returns whether a console is one of people. Before Java 22 there is only a console if standard
   * input and output are a terminal. From then on there may be one without a terminal, and the
   * console says itself what it is.
   *
   * @param console {@code null} if there is none
   * @param type the class that may have the method {@code isTerminal}
   */
  static boolean isTerminal(Object console, Class<?> type) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) type.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
