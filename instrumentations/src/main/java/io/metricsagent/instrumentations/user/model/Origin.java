package io.metricsagent.instrumentations.user.model;

/**
 * Where a rule or a part of it was written.
 *
 * @param file the file as the user named it, or the key of a setting
 * @param line from 1; 0 in a setting
 * @param column from 1; 0 in a setting
 */
public record Origin(String file, int line, int column) {
  /** Returns the origin as compilers write it: {@code rules.yaml:12:5}. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
