package io.metricsagent.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The command, environment and files of a run.
 *
 * @param directory its working directory, with the files {@code stdout} and {@code stderr}
 */
record Traces(List<String> command, Map<String, String> environment, Path directory) {
  String stdout() {
    return read("stdout");
  }

  String stderr() {
    return read("stderr");
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "in %s: %s %s%n--- stdout%n%s--- stderr%n%s---"
        .formatted(directory, environment, String.join(" ", command), stdout(), stderr());
  }
}
