package io.metricsagent.instrumentations.rules;

import java.util.List;

/**
 * The measurements of a library and its tested versions: a row of the table in {@code
 * agent/docs/libraries.md}.
 *
 * @param library the name of the library that people know
 * @param artifact the {@code groupId:artifactId} whose version stands for the library's version in
 *     the tests' applications, or {@code null}
 * @param versions the tested versions of {@code artifact}, oldest first
 * @param measured a description of the measurements, in Markdown
 */
public record Coverage(String library, String artifact, List<String> versions, String measured) {
  /** Copies {@code versions}. */
  public Coverage {
    versions = List.copyOf(versions);
  }
}
