package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentSettings;
import java.io.File;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Shows a snapshot of the archive as tables. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a snapshot of the archive: adapters, tools, mailboxes, gauges of runs, and the"
          + " agent's own figures.",
      "Times are in milliseconds; - stands for an unknown value.",
      ""
    },
    footer = {
      "",
      "Example: the newest snapshot of an application that ran in another folder:",
      "  java -jar metrics-agent.jar inspect /var/lib/shop/.metrics-agent"
    })
final class InspectCommand implements Callable<Integer> {
  private static final int SCHEMA_VERSION = 1;

  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A snapshot file, - for standard input, or a folder, of which the newest snapshot is"
              + " shown (default: the folder of metrics.agent.dir)")
  private Path path;

  @Option(names = "--json", description = "Print the file's JSON.")
  private boolean json;

  InspectCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    PrintWriter out = spec.commandLine().getOut();
    Path file = SnapshotFiles.find(path == null ? configured() : path);
    String text = new String(Inputs.read(file), StandardCharsets.UTF_8);
    JsonNode snapshot = parse(file, text);
    if (json) {
      out.println(text.stripTrailing());
    } else {
      new SnapshotTables(snapshot, out).print(file);
    }
    return 0;
  }

  private Path configured() throws CliException {
    File directory = wiring.load(null).directory();
    try {
      return directory.toPath();
    } catch (InvalidPathException e) {
      throw CliException.usage(
          AgentSettings.DIRECTORY.key()
              + "="
              + directory
              + " cannot be spelled in the encoding of file names here; set LC_ALL=C.UTF-8");
    }
  }

  private JsonNode parse(Path file, String text) throws CliException {
    JsonNode snapshot;
    try {
      snapshot = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw CliException.failed(Json.describeFile(e, Inputs.name(file)), e);
    }
    JsonNode version = snapshot.path("schema_version");
    if (!version.isIntegralNumber()) {
      throw CliException.failed(
          Inputs.name(file) + ": not a snapshot: it has no schema_version", null);
    }
    if (version.asLong() > SCHEMA_VERSION) {
      spec.commandLine()
          .getErr()
          .println(
              file
                  + ": written by a later version of the agent (schema_version "
                  + version.asLong()
                  + "); some of it may be missing here");
    }
    return snapshot;
  }
}
