package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.brokers.RabbitMqBroker;
import io.metricsagent.it.harness.Brokers;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RabbitMQ's server restarts, and channels come and go by the thousands. */
@ExtendWith(ShowRuns.class)
class RabbitMqRestartIT {
  private static RabbitMqBroker broker;

  static List<Setup> setups() {
    return Setup.of("rabbitmq/newest", "rabbitmq/oldest");
  }

  @AfterAll
  static void stopTheBroker() throws IOException {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  private static String port() throws IOException {
    if (broker == null) {
      broker = Brokers.rabbitMq();
    }
    return String.valueOf(broker.port());
  }

  /**
   * Two messages go back with the connection. Their old tags settle nothing afterwards, and the
   * tags of the channel that the client has opened in its place settle three messages.
   */
  @ParameterizedTest
  @MethodSource("setups")
  void countsWhatGoesBackWithTheConnectionAndIsDeliveredAgain(Setup setup) throws IOException {
    String port = port();
    try (RunningApp app = setup.run().withAgent().start(port, "recovering", "restart")) {
      app.awaitOutput("restart the broker");
      broker.restart();
      FinishedRun run = app.finish();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      Dump dump = run.dump();
      Mailbox mailbox = dump.mailbox("restart");
      assertThat(mailbox.count("messages_received")).isEqualTo(5);
      assertThat(mailbox.count("messages_nacked")).isEqualTo(2);
      assertThat(mailbox.count("messages_acked")).isEqualTo(3);
      assertThat(dump.agentErrors()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("setups")
  void countsThousandsOfChannels(Setup setup) throws IOException {
    FinishedRun run = setup.run().withAgent().jvm("-Xmx48m").run(port(), "recovering", "churn");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    Mailbox mailbox = run.dump().mailbox("churn");
    assertThat(mailbox.count("messages_received")).isEqualTo(200);
    assertThat(mailbox.count("messages_acked")).isEqualTo(200);
    assertThat(mailbox.count("messages_nacked")).isZero();
  }
}
