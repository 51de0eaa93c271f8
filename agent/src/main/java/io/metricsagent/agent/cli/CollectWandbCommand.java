package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.agent.gauges.RunTypes;
import io.metricsagent.agent.wandb.Collected;
import io.metricsagent.agent.wandb.Skipped;
import io.metricsagent.agent.wandb.WandbApi;
import io.metricsagent.agent.wandb.WandbException;
import io.metricsagent.agent.wandb.WandbExport;
import io.metricsagent.agent.wandb.WandbGauges;
import io.metricsagent.agent.wandb.WandbProject;
import io.metricsagent.bootstrap.Counts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns runs of Weights & Biases into the documented gauges. */
@Command(
    name = "wandb",
    mixinStandardHelpOptions = true,
    description = {
      "Collects the runs of the last seven days from Weights & Biases, one value for each run.",
      "",
      "The runs come from an export, or else from the API: with the key in WANDB_API_KEY, of the"
          + " project WANDB_PROJECT (default: metta) of WANDB_ENTITY (default: metta-research).",
      ""
    },
    footer = {
      "",
      "Example: send the gauges of an export of runs to a Datadog agent:",
      "  export METRICS_AGENT_EXPORTERS=statsd",
      "  java -jar metrics-agent.jar collect wandb --input runs.json --push"
    })
final class CollectWandbCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "A JSON array of runs with id, name, state, created_at, heartbeat_at, sweep and summary;"
              + " - for standard input. Its newest time ends the seven days.")
  private Path input;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The GraphQL endpoint (default: " + WandbProject.DEFAULT_URL + ").")
  private URI url;

  @Option(names = "--json", description = "Print JSON: the values and tags of each metric.")
  private boolean json;

  @Option(names = "--push", description = "Send the gauges through the configured exporters.")
  private boolean push;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say on standard error what was collected.")
  private boolean verbose;

  CollectWandbCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    AgentConfig config = wiring.load(null);
    Instant now = Instant.now();
    Collected collected = collect(new WandbGauges(types(config)), now);
    PrintWriter err = spec.commandLine().getErr();
    tellSkipped(collected.skipped(), err);
    if (collected.points().isEmpty()) {
      err.println("Warning: No metrics collected");
      return 1;
    }
    if (verbose) {
      err.println(
          "collected "
              + Counts.of(collected.points().size(), "data point")
              + " of "
              + Counts.of(collected.runs(), "run"));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(PointOutput.json(collected.points()));
    } else {
      out.print(PointOutput.text(collected.points()));
    }
    out.flush();
    return push ? new PointPush(wiring, config, err).push(collected.points(), now) : 0;
  }

  private static RunTypes types(AgentConfig config) throws CliException {
    try {
      return RunTypes.of(config.runs().types());
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          AgentSettings.RUN_TYPES.key() + "=" + config.runs().types() + ": " + e.getMessage());
    }
  }

  private Collected collect(WandbGauges gauges, Instant now) throws CliException {
    if (input != null && url != null) {
      throw CliException.usage("--input and --url: give one of them");
    }
    return input == null ? fromApi(gauges, now) : fromFile(gauges, now);
  }

  private Collected fromFile(WandbGauges gauges, Instant now) throws CliException {
    Inputs.check(input, "give a JSON array of runs");
    ReadProgress progress = new ReadProgress(spec.commandLine().getOut());
    LongConsumer shown = wiring.terminal().getAsBoolean() ? progress : bytes -> {};
    try (InputStream in = Inputs.open(input)) {
      WandbExport.read(in, shown, gauges);
    } catch (IOException e) {
      throw CliException.failed(input + ": cannot be read: " + Inputs.reason(input, e), e);
    } catch (WandbException e) {
      throw CliException.failed(input + ": " + e.getMessage(), e);
    } finally {
      progress.clear();
    }
    return gauges.collect(WandbExport.end(gauges, now), now);
  }

  private Collected fromApi(WandbGauges gauges, Instant now) throws CliException {
    URI endpoint = url == null ? URI.create(WandbProject.DEFAULT_URL) : url;
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw CliException.usage("--url=" + endpoint + ": give an http:// or https:// URL");
    }
    WandbProject project = WandbProject.of(wiring.environment(), endpoint);
    if (project == null) {
      throw CliException.usage(
          "give an export with --input, or set " + WandbProject.KEY + " to ask the API");
    }
    double end = now.toEpochMilli() / 1000.0;
    try {
      new WandbApi(project, wiring.sleeper()).read(end, gauges);
    } catch (WandbException e) {
      throw CliException.failed(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted", e);
    }
    return gauges.collect(end, now);
  }

  private static void tellSkipped(Skipped skipped, PrintWriter err) {
    if (skipped.runs() > 0) {
      err.println("skipped runs: " + String.join(", ", skipped.reasons()));
    }
    if (skipped.values() > 0) {
      err.println("skipped values that cannot be read or have no room: " + skipped.values());
    }
  }
}
