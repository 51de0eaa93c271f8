package io.metricsagent.exporters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the id of the container in which this process runs, from files of Linux's {@code /proc}.
 * Stateless.
 */
public final class ContainerId {
  private static final Pattern CGROUP = Pattern.compile("[/:-]([0-9a-f]{64})(?:\\.scope)?$");

  /**
   * With cgroups of version 2, the id is in the paths of files that the container runtime mounts.
   */
  private static final Pattern MOUNT =
      Pattern.compile("/([0-9a-f]{64})/(?:hostname|resolv\\.conf)");

  private ContainerId() {}

  /**
   * Returns the 64 hexadecimal digits of the id, or {@code null} if there is none or it cannot be
   * found.
   */
  public static String find() {
    return find(Path.of("/proc/self"));
  }

  /**
   * Returns the id of the container of a process, or {@code null}.
   *
   * @param process the process's directory in {@code /proc}
   */
  public static String find(Path process) {
    String group = last(CGROUP, process.resolve("cgroup"));
    return group == null ? last(MOUNT, process.resolve("mountinfo")) : group;
  }

  /** Returns the last match in a file, or {@code null}. */
  private static String last(Pattern pattern, Path file) {
    try {
      String found = null;
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = pattern.matcher(line);
        found = matcher.find() ? matcher.group(1) : found;
      }
      return found;
    } catch (IOException | RuntimeException e) {
      return null; // this is not Linux, or the file may not be read
    }
  }
}
