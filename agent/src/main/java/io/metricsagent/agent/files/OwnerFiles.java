package io.metricsagent.agent.files;

import java.io.File;
import java.io.IOException;

/**
 * Makes files and folders that only their owner may read. Uses no NIO file systems, because the
 * application may not have configured them yet. Stateless.
 */
public final class OwnerFiles {
  private OwnerFiles() {}

  /**
   * Makes an empty file, and the folders that it is in.
   *
   * @param file an absolute path
   * @return whether the file was made; {@code false} if there is one of that name
   */
  public static boolean make(File file) throws IOException {
    makeFolder(file.getParentFile());
    boolean made = file.createNewFile();
    if (made) {
      forOwner(file, false);
    }
    return made;
  }

  private static void makeFolder(File folder) throws IOException {
    if (folder == null || folder.isDirectory()) {
      return;
    }
    makeFolder(folder.getParentFile());
    if (folder.mkdir()) {
      forOwner(folder, true);
    } else if (!folder.isDirectory()) { // another process may have made it meanwhile
      throw new IOException("the folder " + folder + " cannot be made");
    }
  }

  private static void forOwner(File made, boolean folder) {
    made.setReadable(false, false);
    made.setWritable(false, false);
    made.setExecutable(false, false);
    made.setReadable(true, true);
    made.setWritable(true, true);
    if (folder) {
      made.setExecutable(true, true);
    }
  }
}
