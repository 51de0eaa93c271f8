package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.ServeSettings;
import io.metricsagent.agent.serve.ApiServer;
import io.metricsagent.agent.serve.Webhooks;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers questions over HTTP until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Answers GET /gpu/metrics, /network/demand and /sla/compliance from files of rollups as"
          + " JSON.",
      "",
      "The parameters from and to limit the hours, by=DIMENSION,... groups the rows.",
      "",
      "POST /telemetry/session/start, /telemetry/session/<id>/event and"
          + " /telemetry/session/<id>/end",
      "take sessions, which the command analyze reads in debug/sessions of the agent's folder."
          + " They",
      "need the bearer token of metrics.agent.serve.token, or the one that the command prints.",
      "",
      "Listens on the loopback interface only, until it is stopped (Ctrl-C).",
      ""
    },
    footer = {
      "",
      "Example: the figures of one day, for each model:",
      "  java -jar metrics-agent.jar serve --port 9465 &",
      "  curl 'http://localhost:9465/sla/compliance?from=2024-01-15&to=2024-01-16&by=model'"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;
  private static final int TOKEN_BYTES = 16;

  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9465",
      description = "The port to listen on; 0 for any free one (default: 9465).")
  private int port;

  @Option(
      names = "--rollups",
      paramLabel = "FOLDER",
      split = ",",
      description =
          "Folders with files of rollups, or agents' folders that have them in rollups (default:"
              + " the agent's folder, .metrics-agent).")
  private List<Path> rollups;

  ServeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    if (port < 0 || port > MAX_PORT) {
      throw CliException.usage("--port=" + port + ": give a port from 0 to 65535");
    }
    for (Path folder : rollups == null ? List.<Path>of() : rollups) {
      if (!Files.isDirectory(folder)) {
        throw CliException.usage("--rollups=" + folder + ": no such folder; give a folder");
      }
    }
    AgentConfig config = wiring.load(null);
    Path directory = config.directory().toPath();
    List<String> problems = new ArrayList<>(config.problems());
    ServeSettings settings = ServeSettings.of(config, problems);
    PrintWriter err = spec.commandLine().getErr();
    problems.forEach(problem -> err.println(AgentLog.printable(problem)));
    err.flush();
    String token = settings.token() == null ? madeUp() : settings.token();
    PrintWriter out = spec.commandLine().getOut();
    Webhooks hooks =
        new Webhooks(
            new Webhooks.Options(
                token,
                directory.resolve("debug").resolve("sessions"),
                config.sessions().content(),
                Redaction.redactor(config),
                settings.maxSessions()));
    List<Path> folders = rollups == null ? List.of(directory) : rollups;
    Thread last = new Thread(() -> endSessions(hooks), "serve-end");
    try (ApiServer server = ApiServer.start(port, folders, hooks)) {
      Runtime.getRuntime().addShutdownHook(last);
      out.println("listening on " + server.url());
      if (settings.token() == null) {
        out.println("token for sessions: " + token);
      }
      out.flush();
      new CountDownLatch(1).await(); // until the JVM ends, or a test interrupts
    } catch (IOException e) {
      throw CliException.failed(
          "--port=" + port + ": cannot listen: " + e.getMessage() + "; give another port", e);
    } catch (InterruptedException e) {
      endSessions(hooks);
      Runtime.getRuntime().removeShutdownHook(last);
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static String madeUp() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void endSessions(Webhooks hooks) {
    try {
      hooks.close();
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(AgentLog.printable("the last sessions cannot be written: " + e.getMessage()));
      err.flush();
    }
  }
}
