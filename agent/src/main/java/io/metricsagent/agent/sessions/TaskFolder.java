package io.metricsagent.agent.sessions;

import io.metricsagent.agent.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The folder that tasks are written to, one file each, named by the task's id. Characters of an id
 * that could lead out of the folder, or that some file system forbids, are replaced, and a part of
 * a hash then keeps the names of different ids apart. Not thread-safe.
 */
public final class TaskFolder {
  private static final String SUFFIX = ".yaml";
  private static final int MAX_NAME = 120;
  private static final int HASH_BYTES = 4;

  private final Path folder;
  private final boolean overwrite;
  private final NameSet taken = new NameSet();
  private long written;
  private long kept;

  /**
   * Touches no disk.
   *
   * @param overwrite whether a task may replace a file from before
   */
  public TaskFolder(Path folder, boolean overwrite) {
    this.folder = folder;
    this.overwrite = overwrite;
  }

  /** Writes the task of a session, whole or not at all. */
  public void add(Session session) throws IOException {
    Path file = folder.resolve(freeName(EvalTask.id(session)));
    byte[] yaml = TaskYaml.text(EvalTask.of(session)).getBytes(StandardCharsets.UTF_8);
    if (overwrite) {
      Files.deleteIfExists(file); // also a link, which would lead out of the folder
    }
    if (WholeFile.create(file, out -> out.write(yaml))) {
      written++;
    } else {
      kept++;
    }
  }

  /** Returns how many tasks were written. */
  public long written() {
    return written;
  }

  /** Returns how many tasks were not written, because a file of that name existed before. */
  public long kept() {
    return kept;
  }

  /** Returns the name of the task's file, which no other task of this run has. */
  private String freeName(String id) {
    String name = fileName(id);
    String free = name;
    for (int copy = 2; !taken.add(free.toLowerCase(Locale.ROOT)); copy++) {
      free = name + "-" + copy;
    }
    return free + SUFFIX;
  }

  /** Returns a name that is safe in every file system, without a suffix. */
  static String fileName(String id) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < id.length() && name.length() < MAX_NAME; i++) {
      char c = id.charAt(i);
      boolean safe =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.' && i > 0 && id.charAt(i - 1) != '.' && i < id.length() - 1;
      name.append(safe ? c : '_');
    }
    return name.toString().equals(id) ? id : name + "-" + hash(id);
  }

  private static String hash(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_16BE));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each JDK has it
    }
  }
}
