package io.metricsagent.it;

import static io.metricsagent.it.harness.Settlements.assertDeliveries;
import static io.metricsagent.it.harness.Settlements.assertSettled;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Operations;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client of Pulsar against a broker in a JVM of its own. The topic of a scenario has the
 * scenario's name; the application's classes describe each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class PulsarIT {
  private static final int MANY = 100_000;
  private static final String NAMESPACE = "persistent://public/default/";
  private static final List<String> SCENARIOS =
      List.of(
          "plain",
          "batch",
          "listener",
          "async",
          "zero",
          "two",
          "partitioned",
          "partitioned-listener",
          "several",
          "several-async",
          "failing",
          "zero-failing",
          "reader",
          "once",
          "cumulative",
          "cumulative-batch",
          "twice",
          "closed",
          "failed",
          "nacked",
          "all-nacked",
          "part-of-batch",
          "dead",
          "retry",
          "timeout",
          "committed",
          "committed-cumulatively",
          "aborted",
          "many",
          "restart");

  private static FinishedRun run;
  private static Dump dump;
  private static Map<String, Long> operations;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("pulsar/newest", "pulsar/original", "pulsar/middle", "pulsar/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver();
        RunningApp broker =
            AgentRun.on(setup.jdk()).jar(Artifacts.app("pulsar-broker")).jvm("-Xmx512m").start()) {
      broker.awaitOutput("ready 1");
      List<String> arguments = new ArrayList<>();
      arguments.add(broker.stdout().strip().replaceFirst("(?s).*ready 1 ", ""));
      arguments.addAll(SCENARIOS);
      try (RunningApp app =
          setup
              .runWithTimes()
              .setting("metrics.agent.exporters", "archive,otlp")
              .setting("otel.exporter.otlp.metrics.endpoint", receiver.httpEndpoint().toString())
              .jvm("-Dmany=" + MANY)
              .start(arguments.toArray(String[]::new))) {
        for (String scenario : SCENARIOS) {
          app.awaitOutput("== " + scenario);
        }
        app.awaitOutput("restart the broker");
        broker.type("restart");
        broker.awaitOutput("ready 2");
        app.type("restarted");
        app.awaitOutput("== end");
        run = app.finish();
      }
      operations = Operations.timed(receiver.last(), "messaging.process.duration");
    }
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  private static Mailbox mailbox(String scenario) {
    return dump.mailbox(NAMESPACE + scenario);
  }

  @Test
  void countsMessagesThatAreReceivedAndAcknowledged() {
    assertSettled(mailbox("plain"), 10, 10, 0, 0);
    assertDeliveries(mailbox("plain"), 10);
  }

  @Test
  void countsMessagesOfBatches() {
    assertSettled(mailbox("batch"), 12, 12, 0, 0);
  }

  @Test
  void countsMessagesOfListenersAndFutures() {
    assertSettled(mailbox("listener"), 10, 10, 0, 0);
    assertSettled(mailbox("async"), 10, 10, 0, 0);
  }

  @Test
  void timesListenersOfOneTopicAndOfPartitionsWhereTheUserAsksForIt() {
    long each = setup.isNewest() ? 1 : 0;
    assertThat(mailbox("listener").timed("process")).isEqualTo(10 * each);
    assertThat(mailbox("two").timed("process")).isEqualTo(20 * each);
    assertThat(mailbox("partitioned-listener").timed("process")).isEqualTo(12 * each);
    assertThat(mailbox("plain").timed("process")).isZero();
  }

  /** The client catches what a listener throws. */
  @Test
  void tellsTheTypeOfWhatAListenerThrows() {
    assertSettled(mailbox("failing"), 3, 3, 0, 0);
    assertSettled(mailbox("zero-failing"), 3, 3, 0, 0);
    if (setup.isNewest()) {
      assertThat(operations)
          .containsEntry(NAMESPACE + "failing process ", 2L)
          .containsEntry(NAMESPACE + "failing process java.lang.IllegalStateException", 1L)
          .containsEntry(NAMESPACE + "zero-failing process ", 2L)
          .containsEntry(NAMESPACE + "zero-failing process java.lang.IllegalStateException", 1L)
          .containsEntry(NAMESPACE + "listener process ", 10L)
          .doesNotContainKey(NAMESPACE + "listener process java.lang.IllegalStateException");
    } else {
      assertThat(operations).isEmpty();
    }
  }

  @Test
  void countsMessagesOfAConsumerWithoutQueue() {
    assertSettled(mailbox("zero"), 10, 10, 0, 0);
  }

  @Test
  void countsMessagesOfTwoConsumersOfOneTopic() {
    assertSettled(mailbox("two"), 20, 20, 0, 0);
  }

  @Test
  void countsMessagesOfPartitionsOnceUnderTheNameOfTheTopic() {
    assertSettled(mailbox("partitioned"), 12, 12, 0, 0);
    assertSettled(mailbox("partitioned-listener"), 12, 12, 0, 0);
  }

  @Test
  void settlesWithACumulativeAcknowledgementTheMessagesOfItsTopicAlone() {
    assertSettled(mailbox("several-one"), 4, 4, 0, 0);
    assertSettled(mailbox("several-other"), 4, 0, 0, 0);
  }

  @Test
  void countsMessagesOfReadersAsAcknowledged() {
    assertSettled(mailbox("reader"), 5, 5, 0, 0);
  }

  @Test
  void countsMessagesThatAreNotPersistentAsAcknowledged() {
    assertSettled(dump.mailbox("non-persistent://public/default/once"), 5, 5, 0, 0);
  }

  @Test
  void countsMessagesAndNotAcknowledgements() {
    assertSettled(mailbox("cumulative"), 10, 7, 0, 0);
    assertSettled(mailbox("cumulative-batch"), 10, 6, 0, 0);
    assertSettled(mailbox("twice"), 1, 1, 0, 0);
  }

  @Test
  void settlesNothingThatAClosedConsumerHasNotSettled() {
    assertSettled(mailbox("closed"), 10, 0, 0, 0);
    assertThat(mailbox("closed").json().path("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void countsNothingOfAnAcknowledgementThatFails() {
    assertSettled(mailbox("failed"), 1, 0, 0, 0);
  }

  @Test
  void countsMessagesThatAreGivenBack() {
    assertSettled(mailbox("nacked"), 4, 3, 1, 0);
    assertDeliveries(mailbox("nacked"), 3, 1);
  }

  @Test
  void countsAllMessagesThatAnExclusiveConsumerGivesBackWithOne() {
    assertSettled(mailbox("all-nacked"), 5, 3, 2, 0);
  }

  @Test
  void countsTheMessagesOfABatchThatAreGivenBackWithOne() {
    assertSettled(mailbox("part-of-batch"), 6, 4, 2, 0);
  }

  /**
   * From 4.0.5 on, the client forgets the partition of a message that the application gives back,
   * so it does not find it among those that become dead letters. So it gives it back a last time,
   * and makes it a dead letter when it comes again, unseen by the application.
   */
  @Test
  void countsADeadLetterOnceInTheTopicThatItComesFrom() {
    boolean forgets = List.of("pulsar/newest", "pulsar/original").contains(setup.app());
    int givenBack = forgets ? 3 : 2;
    assertSettled(mailbox("dead"), 3, 0, givenBack, 1);
    assertDeliveries(mailbox("dead"), 1, 1, 1);
    assertSettled(mailbox("dead-dead"), 1, 1, 0, 0);
  }

  @Test
  void countsAMessageForLaterAsAcknowledgedAndNewInTheTopicForRetries() {
    assertSettled(mailbox("retry"), 1, 1, 0, 0);
    assertSettled(mailbox("retry-later"), 1, 0, 0, 1);
    assertSettled(mailbox("retry-dead"), 1, 1, 0, 0);
  }

  @Test
  void countsAMessageThatIsNotSettledInTimeAsGivenBack() {
    assertSettled(mailbox("timeout"), 2, 1, 1, 0);
    assertDeliveries(mailbox("timeout"), 1, 1);
  }

  @Test
  void countsWhatIsAcknowledgedInATransactionThatIsCommitted() {
    assertSettled(mailbox("committed"), 5, 3, 0, 0);
    assertSettled(mailbox("committed-cumulatively"), 10, 6, 0, 0);
  }

  /** Two of the three messages come again, since the broker undoes their acknowledgements. */
  @Test
  void countsNothingOfATransactionThatIsRolledBack() {
    assertSettled(mailbox("aborted"), 5, 3, 0, 0);
  }

  @Test
  void countsMessagesOfSeveralTopicsThatAreAskedForBeforeTheyCome() {
    assertSettled(mailbox("several-async-one"), 5, 5, 0, 0);
    assertSettled(mailbox("several-async-other"), 5, 5, 0, 0);
  }

  /** Two messages come again that were not acknowledged, and the broker tells a count of 0. */
  @Test
  void countsAcrossARestartOfTheBroker() {
    assertSettled(mailbox("restart"), 8, 6, 0, 0);
    assertDeliveries(mailbox("restart"), 8);
  }

  @Test
  void countsManyMessages() {
    assertSettled(mailbox("many"), MANY, MANY, 0, 0);
  }

  @Test
  void tellsTheClockOfEachAgeAndNoDepth() {
    for (Mailbox mailbox : dump.mailboxes()) {
      assertThat(mailbox.count("ages_by_producer_clock"))
          .isEqualTo(mailbox.count("messages_received"));
      assertThat(mailbox.json().path("queue_depth").isNull()).isTrue();
      assertThat(mailbox.system()).isEqualTo("pulsar");
    }
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("pulsar").skipped()).isZero();
  }
}
