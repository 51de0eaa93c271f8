package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java installation to measure on.
 *
 * @param version the version in its {@code release} file
 */
record Jdk(int feature, String version, Path home) {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** Returns the first installed JDK 17 and the first installed JDK 25. */
  static List<Jdk> installed() throws IOException {
    List<Jdk> found = new ArrayList<>();
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      for (Path home : homes.sorted().toList()) {
        Path release = home.resolve("release");
        if (!Files.exists(home.resolve("bin/jcmd")) || !Files.exists(release)) {
          continue;
        }
        String version =
            Files.readString(release).replaceAll("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1");
        int feature = Integer.parseInt(version.replaceAll("\\..*", ""));
        if ((feature == 17 || feature == 25)
            && found.stream().noneMatch(j -> j.feature == feature)) {
          found.add(new Jdk(feature, version, home));
        }
      }
    }
    found.sort((a, b) -> a.feature - b.feature);
    return found;
  }

  String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
