package io.metricsagent.agent.log;

import io.metricsagent.bootstrap.AgentLog;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Replaces {@code java.util.logging.Logger} in the agent's dependencies, by relocation in the jar:
 * the application must be free to choose its log manager, and messages of the agent's dependencies
 * belong in the agent's log.
 *
 * <p>Warnings of dependencies are logged at level debug, because the exporters log each failure
 * once and in words for users. This class has the methods that the dependencies call; a test of the
 * jar fails if one is missing.
 */
public final class QuietLogger {
  private final String name;

  private QuietLogger(String name) {
    this.name = name;
  }

  /** Returns a logger. */
  public static QuietLogger getLogger(String name) {
    return new QuietLogger(name);
  }

  /** Returns the name. */
  public String getName() {
    return name;
  }

  /** Returns whether messages of a level are printed. */
  public boolean isLoggable(QuietLevel level) {
    return level != QuietLevel.OFF && AgentLog.isLogged(AgentLog.Level.DEBUG);
  }

  /** Logs a message. */
  public void log(QuietLevel level, String message) {
    log(level, message, (Throwable) null);
  }

  /** Logs a message with a parameter. */
  public void log(QuietLevel level, String message, Object parameter) {
    log(level, message + " " + parameter, (Throwable) null);
  }

  /** Logs a message with parameters. */
  public void log(QuietLevel level, String message, Object[] parameters) {
    log(level, message + " " + Arrays.toString(parameters), (Throwable) null);
  }

  /** Logs a message that is made only if it is printed. */
  public void log(QuietLevel level, Supplier<String> message) {
    if (isLoggable(level)) {
      log(level, message.get(), (Throwable) null);
    }
  }

  /** Logs a message with its cause. */
  public void log(QuietLevel level, String message, Throwable cause) {
    if (isLoggable(level)) {
      AgentLog.debug(name + ": " + message, cause);
    }
  }

  /** Logs at level severe. */
  public void severe(String message) {
    log(QuietLevel.SEVERE, message);
  }

  /** Logs at level warning. */
  public void warning(String message) {
    log(QuietLevel.WARNING, message);
  }

  /** Logs at level info. */
  public void info(String message) {
    log(QuietLevel.INFO, message);
  }

  /** Logs at level config. */
  public void config(String message) {
    log(QuietLevel.CONFIG, message);
  }

  /** Logs at level fine. */
  public void fine(String message) {
    log(QuietLevel.FINE, message);
  }

  /** Logs at level finer. */
  public void finer(String message) {
    log(QuietLevel.FINER, message);
  }

  /** Logs at level finest. */
  public void finest(String message) {
    log(QuietLevel.FINEST, message);
  }
}
