package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.brokers.DebianServer;
import io.metricsagent.it.harness.Brokers;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Settlements;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client of NATS against its server. The stream of a scenario has the scenario's name in
 * capitals, and its durable consumer is named {@code worker}; the application's {@code Receiving}
 * and {@code Settling} describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class NatsIT {
  private static final List<String> SCENARIOS =
      List.of(
          "fetched",
          "pushed",
          "iterated",
          "next",
          "consumed",
          "dispatched",
          "unacknowledged",
          "ordered",
          "shared",
          "some",
          "store",
          "once",
          "requests",
          "twice",
          "all",
          "redelivered",
          "terminated",
          "abandoned",
          "twins");

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("nats/newest", "nats/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    try (DebianServer server = Brokers.nats();
        DebianServer other = Brokers.nats()) {
      List<String> arguments = new ArrayList<>();
      arguments.add(String.valueOf(server.port()));
      arguments.add(String.valueOf(other.port()));
      arguments.addAll(SCENARIOS);
      if (setup.isNewest()) {
        arguments.add("many");
      }
      arguments.add("restart");
      try (RunningApp app = setup.runWithTimes().start(arguments.toArray(String[]::new))) {
        app.awaitOutput("restart the server");
        server.restart();
        run = app.finish();
      }
    }
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fetched", "pushed", "iterated", "next", "consumed", "dispatched"})
  void countsMessagesHoweverTheyAreReceived(String scenario) {
    assertSettled(scenario, 3, 3, 0, 0);
    assertDeliveries(scenario, 3);
    assertThat(worker(scenario).system()).isEqualTo("nats");
    assertThat(worker(scenario).lag().count()).isEqualTo(3);
    assertThat(worker(scenario).count("ages_by_broker_clock")).isEqualTo(3);
  }

  @Test
  void timesCallsAndHandlersWhereTheUserAsksForIt() {
    long each = setup.isNewest() ? 1 : 0;
    assertThat(worker("next").timed("receive")).isEqualTo(3 * each);
    assertThat(worker("pushed").timed("receive")).isEqualTo(3 * each);
    assertThat(worker("some").timed("receive")).isEqualTo(each);
    assertThat(worker("consumed").timed("process")).isEqualTo(3 * each);
    assertThat(worker("dispatched").timed("process")).isEqualTo(3 * each);
    assertThat(worker("dispatched").timed("receive")).isZero();
    for (String scenario : List.of("next", "pushed", "consumed", "dispatched")) {
      assertThat(worker(scenario).timed("settle")).as(scenario).isEqualTo(3 * each);
    }
  }

  @Test
  void countsAMessageWithoutAcknowledgementAsAckedByItsDelivery() {
    assertSettled("unacknowledged", 3, 3, 0, 0);
  }

  @Test
  void givesConsumersThatAreNotDurableTheNameOfTheStream() {
    Settlements.assertSettled(dump.mailbox("ORDERED"), 3, 3, 0, 0);
  }

  @Test
  void addsUpTwoSubscriptionsToOneConsumer() {
    assertSettled("shared", 10, 10, 0, 0);
  }

  @Test
  void knowsHowManyMessagesAreLeft() {
    assertSettled("some", 1, 1, 0, 0);
    assertThat(worker("some").count("queue_depth")).isEqualTo(4);
    assertThat(worker("fetched").count("queue_depth")).isZero();
  }

  @Test
  void makesNoMailboxOfAStoreOrOfTheAnswersToRequests() {
    assertThat(dump.mailboxes())
        .extracting(mailbox -> mailbox.json().path("queue_name").asString(""))
        .noneMatch(name -> name.startsWith("KV_") || name.startsWith("_INBOX"))
        .contains("requests");
  }

  @Test
  void countsMessagesWithoutJetStreamAsAckedByTheirDelivery() {
    Settlements.assertSettled(dump.mailbox("once"), 4, 4, 0, 0);
    Settlements.assertSettled(dump.mailbox("requests"), 3, 3, 0, 0);
    assertThat(dump.mailbox("once").lag().count()).isZero();
    assertThat(dump.mailbox("once").json().path("queue_depth").isNull()).isTrue();
  }

  @Test
  void countsAMessageOnceHoweverOftenItIsAcknowledged() {
    assertSettled("twice", 1, 1, 0, 0);
  }

  @Test
  void countsMessagesAndNotAcknowledgements() {
    assertSettled("all", 5, 4, 0, 1);
  }

  @Test
  void countsAMessageThatIsGivenBackUntilTheServerGivesUp() {
    assertSettled("redelivered", 3, 0, 3, 0);
    assertDeliveries("redelivered", 1, 1, 1);
  }

  @Test
  void countsTerminatedMessagesAsDeadLettered() {
    assertSettled("terminated", 3, 1, 0, 2);
  }

  @Test
  void countsMessagesOfAClosedSubscriptionAgainWhenTheyAreDeliveredAgain() {
    assertSettled("abandoned", 4, 2, 0, 0);
    assertDeliveries("abandoned", 2, 2);
  }

  @Test
  void tellsTwoServersApartWhoseQueuesHaveOneName() {
    assertSettled("twins", 5, 5, 0, 0);
    assertThat(worker("twins").count("queue_depth")).isZero();
  }

  @Test
  void countsAcrossARestartOfTheServer() {
    assertSettled("restart", 4, 3, 1, 0);
  }

  @Test
  void countsAHundredThousandMessages() {
    assumeThat(setup.isNewest()).isTrue();
    assertSettled("many", 100_000, 100_000, 0, 0);
    assertDeliveries("many", 100_000);
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static Mailbox worker(String scenario) {
    return dump.mailbox(scenario.toUpperCase(Locale.ROOT) + "/worker");
  }

  private static void assertSettled(
      String scenario, long received, long acked, long nacked, long deadLettered) {
    Settlements.assertSettled(worker(scenario), received, acked, nacked, deadLettered);
  }

  private static void assertDeliveries(String scenario, long... counts) {
    Settlements.assertDeliveries(worker(scenario), counts);
  }
}
