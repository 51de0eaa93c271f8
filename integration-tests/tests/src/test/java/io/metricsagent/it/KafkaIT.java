package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
 * Consumers of Kafka with a broker of its own, with both group protocols. The topic of a scenario
 * has the scenario's name; the application's classes describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class KafkaIT {
  private static final List<String> SCENARIOS =
      List.of(
          "commit-sync",
          "commit-async",
          "commit-auto",
          "commit-part",
          "batch",
          "many",
          "closed",
          "intercepted",
          "restart",
          "seek",
          "replay",
          "with.dots",
          "stamped-by-broker",
          "from-the-future",
          "transacted",
          "gaps",
          "two-consumers",
          "rebalance");
  private static final List<String> SHARES =
      List.of("share-implicit", "share-explicit", "share-closed");

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    Setup.of("kafka/newest").forEach(setup -> setups.add(setup.with("classic")));
    setups.add(Setup.onNewestJdk("kafka/newest").with("consumer"));
    setups.add(Setup.onNewestJdk("kafka/4.2").with("classic"));
    setups.add(Setup.onNewestJdk("kafka/oldest").with("classic"));
    setups.add(Setup.onNewestJdk("kafka/oldest").with("consumer"));
    return setups;
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    run = KafkaRun.of(setup, scenarios(setup));
    dump = run.dump();
  }

  private static List<String> scenarios(Setup setup) {
    List<String> scenarios = new ArrayList<>(SCENARIOS);
    if (hasShares(setup)) {
      scenarios.addAll(SHARES);
    }
    return scenarios;
  }

  private static boolean hasShares(Setup setup) {
    return !setup.app().endsWith("/oldest");
  }

  @Test
  void countsMessagesOfRepeatedCommitsOnce() {
    assertSettled("commit-sync", 10, 10, 0);
  }

  /** Three commits with offsets; of two asynchronous ones, one has a callback. */
  @Test
  void timesPollsAndCommitsWhereTheUserAsksForIt() {
    assertThat(dump.mailbox("commit-part").timed("settle")).isEqualTo(setup.isNewest() ? 3 : 0);
    assertThat(dump.mailbox("commit-part").timed("receive") > 0).isEqualTo(setup.isNewest());
    assertThat(dump.mailbox("commit-async").timed("settle")).isEqualTo(setup.isNewest() ? 1 : 0);
    if (hasShares(setup)) {
      assertThat(dump.mailbox("share-explicit").timed("receive") > 0).isEqualTo(setup.isNewest());
    }
  }

  @Test
  void countsAsynchronousCommits() {
    assertSettled("commit-async", 10, 10, 0);
  }

  @Test
  void countsAutomaticCommitsWhichRepeatTheirOffsets() {
    assertSettled("commit-auto", 10, 10, 0);
  }

  @Test
  void countsAPartThatIsCommitted() {
    assertSettled("commit-part", 10, 4, 0);
  }

  @Test
  void countsABatch() {
    assertSettled("batch", 500, 500, 0);
  }

  @Test
  void countsManyMessages() {
    assertSettled("many", 100_000, 100_000, 0);
  }

  @Test
  void settlesNothingThatAClosedConsumerHasNotCommitted() {
    assertSettled("closed", 10, 0, 0);
  }

  @Test
  void countsACommitOnceOfWhichInterceptorsHearToo() {
    assertSettled("intercepted", 10, 10, 0);
  }

  @Test
  void countsMessagesThatAreFetchedAgainAsGivenBackAndReceivedAgain() {
    assertSettled("seek", 16, 10, 6);
  }

  @Test
  void countsMessagesThatAreReadAgainAfterTheirCommit() {
    assertSettled("replay", 20, 20, 0);
  }

  @Test
  void settlesTheOffsetsOfATransactionAtItsCommit() {
    assertSettled("transacted", 10, 5, 0);
  }

  @Test
  void countsMessagesAndNotOffsets() {
    assertSettled("gaps", 5, 3, 0);
  }

  @Test
  void countsTwoConsumersOfATopicInOneProcess() {
    assertSettled("two-consumers", 20, 20, 0);
  }

  /** The ten messages of the lost partition are settled by the consumer that has it then. */
  @Test
  void dropsWhatAConsumerHasNotCommittedOfAPartitionThatItLost() {
    assertSettled("rebalance", 30, 20, 0);
  }

  @Test
  void goesOnWhenTheBrokerRestarts() {
    assertSettled("restart", 10, 10, 0);
  }

  @Test
  void knowsDepthAndOldestMessageOfAnOpenConsumer() {
    Mailbox mailbox = dump.mailbox("with.dots");

    assertSettled("with.dots", 10, 0, 0);
    assertThat(mailbox.count("queue_depth")).isEqualTo(20);
    assertThat(mailbox.count("oldest_message_age_ms")).isPositive();
  }

  @Test
  void knowsNoDepthWithoutAConsumer() {
    assertThat(dump.mailbox("batch").json().path("queue_depth").isNull()).isTrue();
    assertThat(dump.mailbox("batch").json().path("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void tellsTheClockOfEachAge() {
    assertThat(dump.mailbox("batch").count("ages_by_producer_clock")).isEqualTo(500);
    assertThat(dump.mailbox("batch").lag().count()).isEqualTo(500);
    assertThat(dump.mailbox("stamped-by-broker").count("ages_by_broker_clock")).isEqualTo(3);
    assertThat(dump.mailbox("stamped-by-broker").json().has("ages_by_producer_clock")).isFalse();
  }

  @Test
  void countsAgesBelowZeroAsZero() {
    Mailbox mailbox = dump.mailbox("from-the-future");

    assertThat(mailbox.count("negative_ages")).isEqualTo(2);
    assertThat(mailbox.lag().count()).isEqualTo(2);
    assertThat(mailbox.lag().max()).isZero();
  }

  @Test
  void knowsNoDeliveryCountOfAnOrdinaryConsumer() {
    for (String scenario : SCENARIOS) {
      assertThat(dump.mailbox(scenario).deliveries()).as(scenario).containsOnly(0L);
      assertThat(dump.mailbox(scenario).count("total_retries")).as(scenario).isZero();
    }
  }

  @Test
  void countsWhatAShareConsumerAcceptsWithoutAcknowledging() {
    assumeThat(hasShares(setup)).isTrue();
    assertSettled("share-implicit", 3, 3, 0);
    assertThat(dump.mailbox("share-implicit").deliveries()).isEqualTo(counts(3));
  }

  /** A record that is renewed is returned again, which is no delivery. */
  @Test
  void countsWhatBecomesOfTheRecordsOfAShareConsumer() {
    assumeThat(hasShares(setup)).isTrue();
    Mailbox mailbox = dump.mailbox("share-explicit");

    assertSettled("share-explicit", 8, 3, 4);
    assertThat(mailbox.count("messages_dead_lettered")).isEqualTo(1);
    assertThat(mailbox.deliveries()).isEqualTo(counts(4, 4));
    assertThat(mailbox.count("total_retries")).isEqualTo(4);
  }

  @Test
  void settlesNothingThatAClosedShareConsumerHasNotAcknowledged() {
    assumeThat(hasShares(setup)).isTrue();
    assertSettled("share-closed", 2, 0, 0);
  }

  @Test
  void namesTheSystem() {
    assertThat(dump.mailboxes()).allMatch(mailbox -> mailbox.system().equals("kafka"));
    assertThat(dump.mailboxes()).hasSize(scenarios(setup).size());
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("kafka").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static void assertSettled(String scenario, long received, long acked, long nacked) {
    Mailbox mailbox = dump.mailbox(scenario);
    assertThat(mailbox.count("messages_received")).as("received").isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as("acked").isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as("nacked").isEqualTo(nacked);
    assertThat(mailbox.count("messages_expired")).as("expired").isZero();
  }

  private static List<Long> counts(long... counts) {
    List<Long> ten = new ArrayList<>(Collections.nCopies(10, 0L));
    for (int i = 0; i < counts.length; i++) {
      ten.set(i, counts[i]);
    }
    return ten;
  }
}
