package io.metricsagent.it.harness;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java version to test on.
 *
 * @param feature such as 17
 * @param home its folder, if it is installed
 */
public record Jdk(int feature, Optional<Path> home) {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /**
   * Returns the versions to test on, oldest first; tests of a version that is not installed are
   * skipped.
   */
  public static List<Jdk> all() {
    return List.of(find(17), find(25));
  }

  /** Returns the newest of them that is here. */
  static Jdk newest() {
    List<Jdk> installed = all().stream().filter(jdk -> jdk.home.isPresent()).toList();
    return installed.isEmpty() ? current() : installed.get(installed.size() - 1);
  }

  /** Returns the version the tests themselves run on. */
  private static Jdk current() {
    return new Jdk(
        Runtime.version().feature(), Optional.of(Path.of(System.getProperty("java.home"))));
  }

  /**
   * Returns a command such as {@code java}; if this version is not installed, skips the test with a
   * message.
   */
  public String command(String name) {
    assumeThat(home)
        .as("a JDK %s, which is neither running this test nor under %s", feature, INSTALLED)
        .isPresent();
    return home.orElseThrow().resolve("bin").resolve(name).toString();
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }

  private static Jdk find(int feature) {
    return current().feature == feature
        ? current()
        : new Jdk(feature, installed().filter(home -> isVersion(home, feature)).findFirst());
  }

  private static Stream<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return Stream.empty();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isVersion(Path home, int feature) {
    Path release = home.resolve("release");
    try {
      return Files.exists(home.resolve("bin/javac"))
          && Files.exists(release)
          && Files.readString(release).contains("JAVA_VERSION=\"" + feature);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
