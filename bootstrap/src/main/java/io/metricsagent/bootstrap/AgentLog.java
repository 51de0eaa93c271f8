package io.metricsagent.bootstrap;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The agent's log: one line a message on standard error, with the prefix {@code [metrics-agent]}.
 *
 * <p>It does not use {@code java.util.logging}, because the application may choose its log manager
 * after the agent has started. Thread-safe.
 */
public final class AgentLog {
  /** How much is printed; each level includes those before it. */
  public enum Level {
    /** Nothing. */
    OFF,
    /** What stops the agent or one of its exporters. */
    ERROR,
    /** What makes figures incomplete. */
    WARN,
    /** One line at the start and one for each rare event. */
    INFO,
    /** Everything, with stack traces. */
    DEBUG
  }

  private static volatile Level threshold = Level.INFO;

  private AgentLog() {}

  /** Sets how much is printed. */
  public static void level(Level level) {
    threshold = level;
  }

  /** Returns whether messages of a level are printed. */
  public static boolean isLogged(Level level) {
    return level.compareTo(threshold) <= 0;
  }

  /** Prints an error. */
  public static void error(String message) {
    log(Level.ERROR, message, null);
  }

  /** Prints a warning. */
  public static void warn(String message) {
    log(Level.WARN, message, null);
  }

  /** Prints a message. */
  public static void info(String message) {
    log(Level.INFO, message, null);
  }

  /** Prints a detail, with a stack trace if {@code cause} is not {@code null}. */
  public static void debug(String message, Throwable cause) {
    log(Level.DEBUG, message, cause);
  }

  /**
   * Prints a message.
   *
   * @param cause {@code null} for none; its stack trace is printed at level debug only
   */
  public static void log(Level level, String message, Throwable cause) {
    if (!isLogged(level)) {
      return;
    }
    PrintStream err = System.err;
    String label =
        level == Level.ERROR || level == Level.WARN
            ? level.name().toLowerCase(Locale.ROOT) + ": "
            : "";
    err.println("[metrics-agent] " + label + printable(message.replace('\n', ' ')));
    if (cause != null && isLogged(Level.DEBUG)) {
      cause.printStackTrace(err);
    }
  }

  /**
   * Returns a text with a question mark in place of each character that a terminal may obey or
   * hide: control and format characters (such as those that change the direction of text), line
   * separators, and unpaired surrogates.
   */
  public static String printable(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      if (!isPrintable(c)) {
        clean = clean == null ? new StringBuilder(text.length()).append(text, 0, i) : clean;
        clean.append('?');
      } else if (clean != null) {
        clean.appendCodePoint(c);
      }
      i += length;
    }
    return clean == null ? text : clean.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
