package io.metricsagent.exporters.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Receivers on the JVM whose dependencies are none of ours: they run in a JVM of their own, with a
 * class path that Maven finds once and that is kept below {@code target/}. Stateless.
 */
public final class MavenPackages {
  private MavenPackages() {}

  /** Returns whether Maven can be started here. */
  public static boolean isAvailable() {
    try {
      return new ProcessBuilder("mvn", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Returns the class path of an artifact with all that it needs.
   *
   * @throws TestAbortedException if Maven cannot fetch it, such as without its registry: the test
   *     is skipped
   */
  public static String classPath(String group, String artifact, String version)
      throws IOException, InterruptedException {
    Path folder = Path.of("target", artifact + "-" + version).toAbsolutePath();
    Path classPath = folder.resolve("class-path");
    if (Files.exists(classPath)) {
      return Files.readString(classPath);
    }
    Files.createDirectories(folder);
    Path pom =
        Files.writeString(
            folder.resolve("pom.xml"),
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>receiver</groupId><artifactId>receiver</artifactId><version>1</version>
              <dependencies><dependency>
                <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
              </dependency></dependencies>
            </project>
            """
                .formatted(group, artifact, version));
    File log = folder.resolve("maven.log").toFile();
    Process maven =
        new ProcessBuilder(
                List.of(
                    "mvn",
                    "-q",
                    "-B",
                    "-f",
                    pom.toString(),
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=" + classPath))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    if (!maven.waitFor(3, TimeUnit.MINUTES) || maven.exitValue() != 0) {
      maven.destroyForcibly();
      throw new TestAbortedException(
          "Maven could not fetch " + artifact + ": " + Files.readString(log.toPath()));
    }
    return Files.readString(classPath);
  }
}
