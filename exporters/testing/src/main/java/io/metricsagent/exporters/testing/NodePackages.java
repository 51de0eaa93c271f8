package io.metricsagent.exporters.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Receivers that run on node, installed once with npm below {@code target/}. Stateless. */
public final class NodePackages {
  private NodePackages() {}

  /** Returns whether node and npm can be started here. */
  public static boolean isAvailable() {
    return hasNode() && starts("npm");
  }

  /** Returns whether node can be started here. */
  public static boolean hasNode() {
    return starts("node");
  }

  private static boolean starts(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Installs a package, unless it is there.
   *
   * @param name with its version, such as {@code statsd@0.9.0}
   * @return the folder that holds {@code node_modules}
   * @throws TestAbortedException if npm cannot install it, such as without its registry: the test
   *     is skipped
   */
  public static Path install(String name) throws IOException, InterruptedException {
    String plain = name.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^-", "");
    Path folder = Path.of("target", plain).toAbsolutePath();
    Path done = folder.resolve("installed");
    if (Files.exists(done)) {
      return folder;
    }
    Files.createDirectories(folder);
    File log = folder.resolve("npm.log").toFile();
    Process npm =
        new ProcessBuilder(
                List.of(
                    "npm",
                    "install",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    folder.toString(),
                    name))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new TestAbortedException(
          "npm could not install " + name + ": " + Files.readString(log.toPath()));
    }
    Files.createFile(done);
    return folder;
  }
}
