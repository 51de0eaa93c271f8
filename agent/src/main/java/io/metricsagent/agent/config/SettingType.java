package io.metricsagent.agent.config;

/** How the text of a setting is read. */
public enum SettingType {
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** A number with a unit: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 7d}. */
  DURATION,
  /** Like {@link #DURATION}; a number without a unit is milliseconds, as in OpenTelemetry. */
  MILLISECONDS,
  /** A whole number from 1. */
  COUNT,
  /** A TCP or UDP port, 1 to 65535. */
  PORT,
  /** A fraction, more than 0 and at most 1. */
  RATE,
  /** Any text. */
  TEXT,
  /** Like {@link #TEXT}, but never printed. */
  SECRET,
  /** A path, relative to the working directory. */
  FILE,
  /** An {@code http://} or {@code https://} URL. */
  URL,
  /** One or more of the choices, separated by commas. */
  LIST,
  /** One of the choices. */
  CHOICE,
  /** {@code key=value,key2=value2}, percent-encoded. */
  PAIRS,
  /** Like {@link #PAIRS}, but the values are secrets and never printed. */
  SECRET_PAIRS;

  /** Returns whether a value may itself contain {@code key=value} parts. */
  boolean isPairs() {
    return this == PAIRS || this == SECRET_PAIRS;
  }
}
