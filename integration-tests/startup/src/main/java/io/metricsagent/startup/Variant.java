package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How an application is started: a row of the table. */
enum Variant {
  NONE("no agent", Agent.NONE, Archive.NONE),
  /** Started like {@link #NONE}: the difference between the two is noise. */
  AGAIN("no agent, once more", Agent.NONE, Archive.NONE),
  EMPTY("an agent that does nothing", Agent.EMPTY, Archive.NONE),
  WARM("metrics-agent", Agent.METRICS, Archive.NONE),
  FIRST("metrics-agent, very first start", Agent.METRICS, Archive.NONE),
  OTEL("OpenTelemetry Java agent", Agent.OTEL, Archive.NONE),

  CDS_NONE("AppCDS, no agent", Agent.NONE, Archive.APP_CDS),
  CDS_EMPTY("AppCDS, an agent that does nothing", Agent.EMPTY, Archive.APP_CDS),
  CDS_METRICS("AppCDS, metrics-agent", Agent.METRICS, Archive.APP_CDS),
  CDS_OTEL("AppCDS, OpenTelemetry Java agent", Agent.OTEL, Archive.APP_CDS),

  AOT_NONE("AOT cache, no agent", Agent.NONE, Archive.AOT_CACHE),
  AOT_EMPTY("AOT cache, an agent that does nothing", Agent.EMPTY, Archive.AOT_CACHE),
  AOT_METRICS("AOT cache, metrics-agent", Agent.METRICS, Archive.AOT_CACHE),
  AOT_OTEL("AOT cache, OpenTelemetry Java agent", Agent.OTEL, Archive.AOT_CACHE);

  private final String title;
  private final Agent agent;
  private final Archive archive;

  Variant(String title, Agent agent, Archive archive) {
    this.title = title;
    this.agent = agent;
    this.archive = archive;
  }

  String title() {
    return title;
  }

  Agent agent() {
    return agent;
  }

  /** Returns the variants that a JDK has. */
  static List<Variant> on(Jdk jdk) {
    return Stream.of(values()).filter(variant -> variant.archive.existsOn(jdk)).toList();
  }

  /** Returns whether {@link #training} must run before {@link #options} can be used. */
  boolean isTrained() {
    return archive != Archive.NONE;
  }

  /**
   * Returns whether the archive is written without an agent, so that it is the same for all
   * variants.
   */
  boolean sharesArchive() {
    return archive == Archive.APP_CDS;
  }

  /** Returns the JVM's options for the run that writes the archive. */
  List<String> training(Jars jars, Path directory) {
    return common(archive.training(agent, jars, file(directory)));
  }

  /** Returns the JVM's options. */
  List<String> options(Jdk jdk, Jars jars, Path directory) {
    return common(archive.start(agent, jars, file(directory), jdk));
  }

  private static List<String> common(List<String> more) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx512m");
    options.addAll(more);
    return options;
  }

  /** Returns the archive in the working directory of a variant. */
  static Path file(Path directory) {
    return directory.resolve("classes.archive");
  }

  /**
   * Returns the working directory, where the agent writes its files; it is empty for a first start.
   */
  Path directory(Path work, Jdk jdk, App app) throws IOException {
    Path directory = work.resolve(jdk.feature() + "-" + app.jar().getFileName() + "-" + name());
    return this == FIRST ? emptied(directory) : Files.createDirectories(directory);
  }

  /** Returns the working directory without what earlier starts have written. */
  Path emptyDirectory(Path work, Jdk jdk, App app) throws IOException {
    return emptied(directory(work, jdk, app));
  }

  private static Path emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }
}
