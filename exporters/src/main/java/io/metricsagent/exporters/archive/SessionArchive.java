package io.metricsagent.exporters.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/**
 * The folder of recorded sessions, {@code debug/sessions}, with the guarantees of the archive: it
 * is used only where no other user can write, a file appears whole or not at all, and files that
 * exceed the number and age in the settings are deleted. Used by one thread.
 */
public final class SessionArchive {
  private final ArchiveFolder folder;
  private final WholeFiles files;
  private final Retention retention;
  private final String worker;

  /**
   * Touches no disk.
   *
   * @param worker the name of this process, for the names of files
   * @throws IllegalArgumentException if this JVM cannot spell the name of the directory
   */
  public SessionArchive(ArchiveSettings settings, String worker, Clock clock) {
    folder = ArchiveFolder.of(settings, "sessions");
    files = new WholeFiles(folder, ArchiveNames.ofPlatform(), WholeFiles::openPrivate);
    retention = new Retention(folder, settings, clock);
    this.worker = worker;
  }

  /**
   * Writes a file.
   *
   * @return the file
   * @throws IOException if the file cannot be written; the message says what to do
   */
  public Path write(Instant time, byte[] content) throws IOException {
    try {
      folder.prepare();
      retention.removeLeftovers();
      Path file = files.write(time, worker, content);
      retention.applyToSessions(file);
      return file;
    } catch (IOException | RuntimeException e) {
      throw WholeFiles.failure("sessions", folder, e);
    }
  }
}
