package io.metricsagent.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file that appears whole or not at all. Stateless. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file by a temporary one beside it, which is then moved; makes the folders that it is
   * in. What is no regular file, such as a pipe, is written directly.
   *
   * @throws CliException if that fails, with the reason; then a file that was there is unchanged
   */
  static void write(Path file, byte[] bytes) throws CliException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Inputs.write(file, bytes);
      return;
    }
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Inputs.writeNew(temporary, bytes);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CliException.failed(file + ": cannot be written: " + Inputs.reason(file, e), e);
    }
  }
}
