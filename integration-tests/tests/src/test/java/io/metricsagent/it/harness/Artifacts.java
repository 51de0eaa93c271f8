package io.metricsagent.it.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files that the build makes before the tests. */
public final class Artifacts {
  private Artifacts() {}

  /** Returns the jar under test. */
  public static Path agent() {
    return existing(property("metrics.agent.jar"), "agent");
  }

  /**
   * Returns an application's jar; its libraries are in {@code lib} beside it.
   *
   * @param name the application's folder in {@code integration-tests/apps}; where there are poms of
   *     several versions, followed by a slash and the version's, such as {@code openai-java/newest}
   */
  public static Path app(String name) {
    String[] folderAndVersion = name.split("/");
    Path folder = property("apps.dir").resolve(folderAndVersion[0]);
    Path target = folder.resolve("target");
    String artifact = name.replace('/', '-');
    if (folderAndVersion.length > 1) {
      target = target.resolve(artifact);
    }
    return existing(target.resolve(artifact + ".jar").normalize(), name);
  }

  /** Returns the jar of OpenTelemetry's agent. */
  public static Path openTelemetryAgent() {
    return existing(
        app("traced").resolveSibling("opentelemetry-javaagent.jar"),
        "integration-tests/apps/traced");
  }

  /** Returns the directory that holds a folder for each run. */
  static Path runs() {
    return property("runs.dir");
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("system property " + name + " is not set; run with Maven");
    }
    return Path.of(value);
  }

  private static Path existing(Path jar, String module) {
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " does not exist; build the module " + module);
    }
    return jar;
  }
}
