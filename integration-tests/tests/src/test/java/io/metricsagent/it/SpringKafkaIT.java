package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.KafkaRun;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Listener containers of Spring for Apache Kafka with a broker of their own. The topic of a
 * scenario has the scenario's name; the application's classes describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class SpringKafkaIT {
  private static final List<String> SCENARIOS =
      List.of(
          "each",
          "at-once",
          "by-hand",
          "by-kafka",
          "many",
          "two-threads",
          "never-acked",
          "nacked",
          "stopped",
          "restart",
          "retried",
          "retried-in-memory",
          "dead",
          "dead-in-memory",
          "dead-at-second-try",
          "dropped",
          "unreadable",
          "rolled-back",
          "without-group",
          "batch",
          "batch-nacked",
          "batch-retried",
          "batch-dead",
          "batch-part-dead",
          "batch-part-dead-in-memory",
          "hops",
          "hops-one-topic",
          "hops-dropped",
          "waiting");

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("spring-kafka/newest", "spring-kafka/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    run = KafkaRun.of(setup, SCENARIOS);
    dump = run.dump();
  }

  @Test
  void countsMessagesHoweverTheContainerCommits() {
    assertSettled("each", 5, 5, 0, 0);
    assertSettled("at-once", 8, 8, 0, 0);
    assertSettled("by-hand", 5, 5, 0, 0);
    assertSettled("by-kafka", 6, 6, 0, 0);
    assertSettled("batch", 500, 500, 0, 0);
  }

  /** A batch is handed over in one call. */
  @Test
  void timesEachCallOfTheListenerWhereTheUserAsksForIt() {
    long each = setup.isNewest() ? 1 : 0;
    assertThat(dump.mailbox("each").timed("process")).isEqualTo(5 * each);
    assertThat(dump.mailbox("retried").timed("process"))
        .isEqualTo(dump.mailbox("retried").count("messages_received") * each);
    assertThat(dump.mailbox("batch").timed("process")).isBetween(each, 499 * each);
    assertThat(dump.mailbox("by-hand").timed("settle") > 0).isEqualTo(setup.isNewest());
  }

  @Test
  void countsManyMessages() {
    assertSettled("many", 100_000, 100_000, 0, 0);
    assertDeliveries("many", 100_000);
  }

  @Test
  void countsTwoConsumersOfATopicInOneProcess() {
    assertSettled("two-threads", 20, 20, 0, 0);
  }

  @Test
  void settlesNothingThatTheListenerHasNotAcknowledged() {
    assertSettled("never-acked", 3, 0, 0, 0);
  }

  /** The container has fetched ten messages, and its listener got one. */
  @Test
  void countsNoMessageThatTheContainerFetchedAndTheListenerNeverGot() {
    assertSettled("stopped", 1, 1, 0, 0);
  }

  @Test
  void goesOnWhenTheBrokerRestarts() {
    assertSettled("restart", 10, 10, 0, 0);
  }

  /** What is fetched again together with a message that is given back was not delivered before. */
  @Test
  void countsMessagesThatTheListenerGivesBack() {
    assertSettled("nacked", 4, 3, 1, 0);
    assertDeliveries("nacked", 3, 1);
    assertSettled("batch-nacked", 8, 5, 3, 0);
    assertDeliveries("batch-nacked", 5, 3);
  }

  @Test
  void countsARetryOnceWhetherTheContainerSeeksOrKeepsTheMessages() {
    for (String scenario : List.of("retried", "retried-in-memory")) {
      assertSettled(scenario, 7, 5, 2, 0);
      assertDeliveries(scenario, 5, 1, 1);
      assertThat(dump.mailbox(scenario).count("total_retries")).as(scenario).isEqualTo(3);
    }
  }

  @Test
  void countsABatchThatIsDeliveredAgain() {
    assertSettled("batch-retried", 10, 5, 5, 0);
    assertDeliveries("batch-retried", 5, 5);
  }

  @Test
  void countsADeadLetterOnceInTheTopicThatItIsFromAndNotAsAcked() {
    for (String scenario : List.of("dead", "dead-in-memory")) {
      assertSettled(scenario, 5, 2, 2, 1);
      assertDeliveries(scenario, 3, 1, 1);
      assertSettled(scenario + ".dead", 1, 1, 0, 0);
    }
  }

  /** The first attempt to publish the dead letter fails, and the message is delivered again. */
  @Test
  void countsNoDeadLetterThatCouldNotBePublished() {
    assertSettled("dead-at-second-try", 4, 0, 3, 1);
    assertDeliveries("dead-at-second-try", 1, 1, 1, 1);
    assertSettled("dead-at-second-try.dead", 1, 1, 0, 0);
  }

  @Test
  void countsAMessageThatTheContainerGivesUpAsDeadLetteredThoughNobodyKeepsIt() {
    assertSettled("dropped", 3, 1, 1, 1);
  }

  @Test
  void countsAMessageThatCannotBeDeserialisedAsReceivedAndGivenUp() {
    assertSettled("unreadable", 3, 2, 0, 1);
  }

  @Test
  void countsWhatTransactionsSettle() {
    assertSettled("rolled-back", 4, 2, 1, 1);
    assertDeliveries("rolled-back", 3, 1);
  }

  @Test
  void countsADeadLetterOfAConsumerThatNeverCommits() {
    assertSettled("without-group", 2, 0, 0, 1);
  }

  @Test
  void countsEachMessageOfABatchThatIsGivenUp() {
    assertSettled("batch-dead", 6, 0, 3, 3);
    assertSettled("batch-dead.dead", 3, 3, 0, 0);
  }

  /**
   * The listener gets five messages, then the last three of them, then the last two of them: the
   * first one of the three is given up.
   */
  @Test
  void countsTheMessageOfABatchThatTheListenerNames() {
    assertSettled("batch-part-dead", 10, 4, 5, 1);
    assertDeliveries("batch-part-dead", 5, 3, 2);
    assertSettled("batch-part-dead.dead", 1, 1, 0, 0);
  }

  @Test
  void countsTheSameWhereTheRestOfABatchStaysInMemory() {
    assertSettled("batch-part-dead-in-memory", 10, 4, 5, 1);
    assertDeliveries("batch-part-dead-in-memory", 5, 3, 2);
  }

  /** A message that goes to a topic for retries is settled, and is a new message there. */
  @Test
  void tellsAHopToATopicForRetriesFromADeadLetter() {
    assertSettled("hops", 3, 3, 0, 0);
    assertSettled("hops-retry-0", 2, 2, 0, 0);
    assertSettled("hops-retry-1", 1, 0, 0, 1);
    assertSettled("hops-dlt", 1, 1, 0, 0);
    assertDeliveries("hops-retry-0", 2);
  }

  @Test
  void tellsAHopToTheSameTopicFromADeadLetter() {
    assertSettled("hops-one-topic", 3, 3, 0, 0);
    assertSettled("hops-one-topic-retry", 3, 2, 0, 1);
    assertSettled("hops-one-topic-dlt", 1, 1, 0, 0);
  }

  @Test
  void countsAMessageThatIsDroppedAfterItsHops() {
    assertSettled("hops-dropped", 3, 3, 0, 0);
    assertSettled("hops-dropped-retry", 3, 2, 0, 1);
  }

  /** Nine messages were fetched and wait in the container. */
  @Test
  void knowsDepthAndOldestMessageWhileTheListenerIsBusy() {
    Mailbox mailbox = dump.mailbox("waiting");

    assertSettled("waiting", 1, 0, 0, 0);
    assertThat(mailbox.count("queue_depth")).isEqualTo(9);
    assertThat(mailbox.count("oldest_message_age_ms")).isPositive();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("kafka").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static void assertSettled(
      String queue, long received, long acked, long nacked, long deadLettered) {
    Mailbox mailbox = dump.mailbox(queue);
    assertThat(mailbox.system()).as(queue).isEqualTo("kafka");
    assertThat(mailbox.count("messages_received")).as(queue + " received").isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as(queue + " acked").isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as(queue + " nacked").isEqualTo(nacked);
    assertThat(mailbox.count("messages_dead_lettered")).as(queue + " dead").isEqualTo(deadLettered);
  }

  private static void assertDeliveries(String queue, long... counts) {
    List<Long> ten = new ArrayList<>(Collections.nCopies(10, 0L));
    for (int i = 0; i < counts.length; i++) {
      ten.set(i, counts[i]);
    }
    assertThat(dump.mailbox(queue).deliveries()).as(queue).isEqualTo(ten);
  }
}
