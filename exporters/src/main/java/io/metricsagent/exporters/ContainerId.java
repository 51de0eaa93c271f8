package io.metricsagent.exporters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container that this process is in, by what Linux says of it. Reads files. Stateless. */
public final class ContainerId {
  private static final Pattern CGROUP = Pattern.compile("[/:-]([0-9a-f]{64})(?:\\.scope)?$");

  /** With cgroups of version 2, the runtime's mounts of files such as this one tell the name. */
  private static final Pattern MOUNT =
      Pattern.compile("/([0-9a-f]{64})/(?:hostname|resolv\\.conf)");

  private ContainerId() {}

  /** Returns its 64 hexadecimal digits, or {@code null} where there is none or it is not told. */
  public static String find() {
    return find(Path.of("/proc/self"));
  }

  /**
   * Returns the container of a process, likewise.
   *
   * @param process its directory in {@code /proc}
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
      return null; // no Linux, or no right to look
    }
  }
}
