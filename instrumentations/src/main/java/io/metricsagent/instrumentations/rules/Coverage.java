package io.metricsagent.instrumentations.rules;

import java.util.List;

/**
 * What is measured of a library, and which of its versions tests run. It is a row of the table in
 * {@code agent/docs/libraries.md}.
 *
 * @param library what people call it
 * @param artifact {@code groupId:artifactId} that tells its version in the tests' applications, or
 *     {@code null}
 * @param versions the versions that are tested, oldest first; all those of {@code artifact}
 * @param measured what is measured, in Markdown
 */
public record Coverage(String library, String artifact, List<String> versions, String measured) {
  /** Copies {@code versions}. */
  public Coverage {
    versions = List.copyOf(versions);
  }
}
