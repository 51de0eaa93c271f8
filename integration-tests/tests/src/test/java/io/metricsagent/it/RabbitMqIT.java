package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.brokers.RabbitMqBroker;
import io.metricsagent.it.harness.Brokers;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Settlements;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RabbitMQ's client against its server, with connections that recover and such that do not: the
 * client has a class of channels for each. The queue of a scenario has the scenario's name; the
 * application's {@code Receiving} and {@code Settling} describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class RabbitMqIT {
  private static final String RECOVERING = "recovering";
  private static final List<String> SCENARIOS =
      List.of(
          "plain",
          "auto-ack",
          "lambda",
          "get",
          "get-some",
          "two-consumers",
          "ages",
          "temporary",
          "publisher",
          "own-consumer",
          "multiple",
          "redelivery",
          "rejected",
          "recover",
          "expiry",
          "transaction",
          "uncommitted",
          "abandoned",
          "cancelled");

  private static RabbitMqBroker broker;
  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    Setup.of("rabbitmq/newest").forEach(setup -> setups.add(setup.with(RECOVERING)));
    setups.add(Setup.onNewestJdk("rabbitmq/newest").with("plain"));
    setups.add(Setup.onNewestJdk("rabbitmq/oldest").with(RECOVERING));
    setups.add(Setup.onNewestJdk("rabbitmq/oldest").with("plain"));
    return setups;
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    if (broker == null) {
      broker = Brokers.rabbitMq();
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(broker.port()));
    arguments.addAll(setup.options());
    arguments.addAll(SCENARIOS);
    if (setup.isNewest()) {
      arguments.add("many");
    }
    run = setup.run().withAgent().run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  @AfterAll
  static void stopTheBroker() throws IOException {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  @Test
  void countsMessagesThatAreAcknowledgedOneByOne() {
    assertSettled("plain", 3, 3, 0, 0);
    assertDeliveries("plain", 3);
    assertThat(dump.mailbox("plain").system()).isEqualTo("rabbitmq");
  }

  @Test
  void countsAMessageThatIsAcknowledgedByItsDelivery() {
    assertSettled("auto-ack", 3, 3, 0, 0);
  }

  @Test
  void seesConsumersThatAreLambdas() {
    assertSettled("lambda", 3, 3, 0, 0);
  }

  @Test
  void countsMessagesThatTheApplicationGets() {
    assertSettled("get", 3, 3, 0, 0);
    assertThat(dump.mailbox("get").count("queue_depth")).isZero();
  }

  @Test
  void knowsTheDepthOfAQueueThatTheApplicationGetsMessagesFrom() {
    assertSettled("get-some", 1, 1, 0, 0);
    assertThat(dump.mailbox("get-some").count("queue_depth")).isEqualTo(3);
    assertThat(dump.mailbox("plain").json().path("queue_depth").isNull()).isTrue();
  }

  @Test
  void addsUpTwoConsumersOfOneQueue() {
    assertSettled("two-consumers", 10, 10, 0, 0);
  }

  @Test
  void countsAHundredThousandMessages() {
    assumeThat(setup.isNewest()).isTrue();
    assertSettled("many", 100_000, 100_000, 0, 0);
    assertDeliveries("many", 100_000);
  }

  @Test
  void countsMessagesAndNotAcknowledgements() {
    assertSettled("multiple", 5, 5, 0, 0);
  }

  @Test
  void countsAMessageThatIsGivenBackTooOftenInTheQueueThatGaveItUp() {
    assertSettled("redelivery", 3, 0, 3, 1);
    assertDeliveries("redelivery", 1, 1, 1);
    assertSettled("redelivery.dead", 1, 1, 0, 0);
    assertDeliveries("redelivery.dead", 1);
  }

  @Test
  void countsRefusedMessagesOnceThoughTheirDeadLettersArrive() {
    assertSettled("rejected", 3, 0, 0, 3);
    assertSettled("rejected.dead", 3, 3, 0, 0);
  }

  /** A classic queue does not tell how often it delivered a message that it delivers again. */
  @Test
  void countsRecoveredMessagesAsGivenBack() {
    assertSettled("recover", 4, 2, 2, 0);
    assertDeliveries("recover", 2);
  }

  /** The consumer of dead letters gives one of them back and gets it again. */
  @Test
  void countsExpiredMessagesOnceInTheQueueInWhichTheyExpired() {
    assertSettled("expiry", 0, 0, 0, 0);
    assertThat(dump.mailbox("expiry").count("messages_expired")).isEqualTo(2);
    assertSettled("expiry.dead", 3, 2, 1, 0);
    assertThat(dump.mailbox("expiry.dead").count("messages_expired")).isZero();
  }

  @Test
  void countsWhatATransactionCommits() {
    assertSettled("transaction", 6, 4, 2, 0);
    assertSettled("uncommitted", 1, 0, 1, 0);
  }

  @Test
  void countsMessagesThatAClosedChannelLeftUnsettledAsGivenBack() {
    assertSettled("abandoned", 2, 0, 2, 0);
  }

  @Test
  void countsAnAcknowledgementAfterTheConsumerIsCancelled() {
    assertSettled("cancelled", 1, 1, 0, 0);
  }

  @Test
  void knowsTheAgeOfMessagesWithATimeStampOnly() {
    Mailbox ages = dump.mailbox("ages");
    assertThat(ages.lag().count()).isEqualTo(3);
    assertThat(ages.count("ages_by_producer_clock")).isEqualTo(2);
    assertThat(ages.count("ages_by_broker_clock")).isEqualTo(1);
    assertThat(ages.count("negative_ages")).isEqualTo(1);
  }

  @Test
  void givesQueuesThatTheBrokerNamesOneName() {
    assertSettled("_temporary", 3, 3, 0, 0);
  }

  @Test
  void makesNoMailboxOfAQueueThatTheApplicationOnlySendsTo() {
    assertThat(dump.mailboxes())
        .noneMatch(m -> m.json().path("queue_name").asString("").equals("publisher"));
  }

  /** The application compares the objects itself and fails if they are not its own. */
  @Test
  void leavesTheApplicationItsOwnConsumer() {
    assertSettled("own-consumer", 1, 1, 0, 0);
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static void assertSettled(
      String queue, long received, long acked, long nacked, long deadLettered) {
    Settlements.assertSettled(dump.mailbox(queue), received, acked, nacked, deadLettered);
  }

  private static void assertDeliveries(String queue, long... counts) {
    Settlements.assertDeliveries(dump.mailbox(queue), counts);
  }
}
