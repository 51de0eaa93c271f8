package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.brokers.DebianServer;
import io.metricsagent.it.harness.Brokers;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Settlements;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jedis and Lettuce against a server of Redis. The stream of a scenario has the scenario's name;
 * the application's {@code WithJedis} and {@code WithLettuce} describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class RedisStreamsIT {
  private static final List<String> SCENARIOS =
      List.of(
          "jedis-plain",
          "jedis-batch",
          "jedis-noack",
          "jedis-again",
          "jedis-pipeline",
          "jedis-transaction",
          "jedis-abandoned",
          "jedis-shared",
          "jedis-numbered",
          "jedis-ordinary",
          "jedis-binary",
          "lettuce-plain",
          "lettuce-async",
          "lettuce-reactive",
          "lettuce-noack",
          "lettuce-again",
          "lettuce-transaction",
          "lettuce-shared",
          "lettuce-ordinary");

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("redis/newest", "redis/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    try (DebianServer server = Brokers.redis()) {
      List<String> arguments = new ArrayList<>();
      arguments.add(String.valueOf(server.port()));
      arguments.addAll(SCENARIOS);
      if (setup.isNewest()) {
        arguments.addAll(List.of("jedis-many", "lettuce-many"));
      }
      arguments.add("lettuce-restart");
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
  @ValueSource(strings = {"jedis-plain", "jedis-pipeline", "lettuce-plain", "lettuce-async"})
  void countsMessagesHoweverTheyAreRead(String scenario) {
    assertSettled(scenario, 3, 3);
    assertDeliveries(scenario, 3);
    assertThat(dump.mailbox(scenario).system()).isEqualTo("redis");
    assertThat(dump.mailbox(scenario).lag().count()).isEqualTo(3);
    assertThat(dump.mailbox(scenario).count("ages_by_broker_clock")).isEqualTo(3);
    assertThat(dump.mailbox(scenario).json().path("queue_depth").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis-plain", "lettuce-plain", "lettuce-async"})
  void timesCommandsWhereTheUserAsksForIt(String scenario) {
    assertThat(dump.mailbox(scenario).timed("receive") > 0).isEqualTo(setup.isNewest());
    assertThat(dump.mailbox(scenario).timed("settle") > 0).isEqualTo(setup.isNewest());
    assertThat(dump.mailbox(scenario).timed("receive")).isLessThanOrEqualTo(3);
    assertThat(dump.mailbox(scenario).timed("settle")).isLessThanOrEqualTo(3);
  }

  @Test
  void countsMessagesOfAReactiveStreamThatReadsAndNoOther() {
    assertSettled("lettuce-reactive", 3, 3);
    assertDeliveries("lettuce-reactive", 3);
  }

  @Test
  void countsMessagesThatTheServerSettledAndNotThoseThatTheCommandNames() {
    assertSettled("jedis-batch", 5, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis-noack", "lettuce-noack"})
  void countsMessagesWithoutAckAsAckedByTheirDelivery(String scenario) {
    assertSettled(scenario, 3, 3);
  }

  /** How often a message was delivered before it is read again or claimed, nobody tells. */
  @ParameterizedTest
  @ValueSource(strings = {"jedis-again", "lettuce-again"})
  void countsMessagesAgainThatAreReadAgainOrClaimed(String scenario) {
    assertSettled(scenario, 7, 2);
    assertDeliveries(scenario, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis-transaction", "lettuce-transaction"})
  void countsWhatATransactionCommits(String scenario) {
    assertSettled(scenario, 3, 2);
  }

  @Test
  void countsMessagesOfAClosedConnectionAgainWhenTheyAreClaimed() {
    assertSettled("jedis-abandoned", 4, 2);
    assertDeliveries("jedis-abandoned", 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis-shared", "lettuce-shared"})
  void addsUpTwoConsumersOfOneStream(String scenario) {
    assertSettled(scenario, 10, 10);
  }

  @Test
  void takesNoAgeFromANumberThatTheApplicationChose() {
    assertSettled("jedis-numbered", 1, 1);
    assertThat(dump.mailbox("jedis-numbered").lag().count()).isZero();
  }

  @Test
  void countsMessagesWhoseKeysAreBytes() {
    assertSettled("jedis-binary", 2, 0);
  }

  @Test
  void makesNoMailboxOfAStreamThatIsReadWithoutAGroup() {
    assertThat(dump.mailboxes())
        .extracting(mailbox -> mailbox.json().path("queue_name").asString(""))
        .noneMatch(name -> name.endsWith("-ordinary"));
  }

  @Test
  void countsAcrossARestartOfTheServer() {
    assertSettled("lettuce-restart", 3, 3);
    assertDeliveries("lettuce-restart", 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis-many", "lettuce-many"})
  void countsAHundredThousandMessages(String scenario) {
    assumeThat(setup.isNewest()).isTrue();
    assertSettled(scenario, 100_000, 100_000);
    assertDeliveries(scenario, 100_000);
  }

  /** The JVM warns of what the Netty below old releases of Lettuce does. */
  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(run.stderr()).allMatch(line -> line.startsWith("WARNING: "));
  }

  private static void assertSettled(String queue, long received, long acked) {
    Settlements.assertSettled(dump.mailbox(queue), received, acked, 0, 0);
  }

  private static void assertDeliveries(String queue, long... counts) {
    Settlements.assertDeliveries(dump.mailbox(queue), counts);
  }
}
