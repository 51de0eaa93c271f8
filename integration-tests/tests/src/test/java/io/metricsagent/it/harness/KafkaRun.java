package io.metricsagent.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An application of Kafka under the agent, with a broker of its own. One of the application's
 * scenarios is {@code restart}, for which the broker restarts.
 */
public final class KafkaRun {
  private KafkaRun() {}

  /**
   * Runs an application until its end.
   *
   * @return a run that has succeeded
   */
  public static FinishedRun of(Setup setup, List<String> scenarios) throws IOException {
    FinishedRun run;
    try (RunningApp broker = AgentRun.on(setup.jdk()).jar(Artifacts.app("kafka-broker")).start()) {
      broker.awaitOutput("ready 1");
      List<String> arguments = new ArrayList<>();
      arguments.add(broker.stdout().strip().replaceFirst("(?s).*ready 1 ", ""));
      arguments.addAll(setup.options());
      arguments.addAll(scenarios);
      try (RunningApp app = setup.runWithTimes().start(arguments.toArray(String[]::new))) {
        app.awaitOutput("restart the broker");
        broker.type("restart");
        broker.awaitOutput("ready 2");
        app.type("restarted");
        app.awaitOutput("== end");
        run = app.finish();
      }
    }
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run;
  }
}
