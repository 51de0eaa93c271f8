package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.RunningApp;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The clients of Amazon SQS against a server in a JVM of its own. The queue of a scenario has the
 * scenario's name; the application's classes describe each scenario. The newest version on the
 * newest JDK takes 100,000 messages, in a minute or three; the others take 10,000.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class SqsIT {
  private static final List<String> SCENARIOS =
      List.of(
          "plain",
          "batch",
          "twice",
          "given-back",
          "dead",
          "closed",
          "failed",
          "empty",
          "kept",
          "two-clients",
          "async",
          "attributes",
          "restart");

  private static final int MANY = Integer.getInteger("sqs.messages", 100_000);

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("sqs/newest", "sqs/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    try (RunningApp broker = AgentRun.on(setup.jdk()).jar(Artifacts.app("sqs-broker")).start()) {
      broker.awaitOutput("ready 1");
      List<String> arguments = new ArrayList<>();
      arguments.add(broker.stdout().strip().replaceFirst("(?s).*ready 1 ", ""));
      arguments.addAll(SCENARIOS);
      if (setup.isNewest()) {
        arguments.add("buffered");
      }
      arguments.add("many");
      try (RunningApp app =
          setup
              .run()
              .withAgent()
              .jvm("-Dmany=" + many(setup))
              .start(arguments.toArray(String[]::new))) {
        app.awaitOutput("restart the broker");
        broker.type("restart");
        broker.awaitOutput("ready 2");
        app.type("restarted");
        for (int tenth = 1; tenth <= 10; tenth++) {
          app.awaitOutput("sent " + tenth);
        }
        for (int tenth = 1; tenth <= 10; tenth++) {
          app.awaitOutput("deleted " + tenth);
        }
        app.awaitOutput("== end");
        run = app.finish();
      }
    }
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  private static int many(Setup setup) {
    return setup.equals(Setup.onNewestJdk("sqs/newest")) ? MANY : MANY / 10;
  }

  @Test
  void countsMessagesThatAreReceivedAndDeleted() {
    assertCounts("plain", 10, 10, 0);
    assertThat(deliveries("plain")).startsWith(10L, 0L);
  }

  @Test
  void countsOnlyTheMessagesOfABatchThatWereDeleted() {
    assertCounts("batch", 10, 9, 0);
  }

  @Test
  void countsAMessageThatIsDeletedTwiceOnce() {
    assertCounts("twice", 1, 1, 0);
  }

  @Test
  void countsOnlyTheMessagesOfABatchThatWereGivenBack() {
    assertCounts("given-back", 9, 4, 4);
    assertThat(deliveries("given-back")).startsWith(5L, 4L);
    assertThat(mailbox("given-back").count("total_retries")).isEqualTo(4);
  }

  /** The receive count goes on in the queue of dead letters. */
  @Test
  void countsADeadLetterOnceInTheQueueInWhichItWasReceivedTooOften() {
    assertCounts("dead", 2, 0, 2);
    assertThat(deliveries("dead")).startsWith(1L, 1L, 0L);
    assertThat(mailbox("dead").count("messages_dead_lettered")).isEqualTo(1);

    assertCounts("dead-dead", 2, 1, 1);
    assertThat(deliveries("dead-dead")).startsWith(0L, 0L, 1L, 1L);
    assertThat(mailbox("dead-dead").count("messages_dead_lettered")).isZero();
  }

  @Test
  void settlesNothingThatAClosedClientHasNotSettled() {
    assertCounts("closed", 10, 0, 0);
    assertThat(mailbox("closed").json().path("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void countsNothingOfRequestsThatFail() {
    assertThat(dump.mailboxes()).extracting(SqsIT::name).doesNotContain("failed", "failed-missing");
  }

  @Test
  void makesNoMailboxOfAQueueThatGivesNothing() {
    assertThat(dump.mailboxes()).extracting(SqsIT::name).doesNotContain("empty");
  }

  private static String name(Mailbox mailbox) {
    return mailbox.json().path("queue_name").asString("");
  }

  @Test
  void knowsTheDepthThatTheApplicationAskedForAndTheOldestMessage() {
    assertCounts("kept", 1, 0, 0);
    assertThat(mailbox("kept").count("queue_depth")).isEqualTo(3);
    assertThat(mailbox("plain").json().path("queue_depth").isNull()).isTrue();
    assertThat(mailbox("plain").json().path("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void countsMessagesThatTwoClientsDeleteOfEachOther() {
    assertCounts("two-clients", 20, 20, 0);
  }

  @Test
  void countsMessagesOfAnAsynchronousClient() {
    assertCounts("async", 11, 10, 1);
    assertThat(deliveries("async")).startsWith(10L, 1L);
  }

  @Test
  void asksForMoreAttributesThanTheApplicationAndShowsItOnlyItsOwn() {
    assertThat(run.stdout())
        .containsSubsequence(
            "nothing: [], has none\n",
            "sent: [ApproximateReceiveCount, DeadLetterQueueSourceArn, SentTimestamp]\n",
            "nothing, asynchronously: [], has none\n",
            "some: [SenderId, SentTimestamp]\n",
            "sent: [ApproximateReceiveCount, DeadLetterQueueSourceArn, SenderId, SentTimestamp]\n",
            "all: [ApproximateFirstReceiveTimestamp, ApproximateReceiveCount, SenderId,"
                + " SentTimestamp]\n",
            "sent: [All]\n");
    assertCounts("attributes", 4, 0, 0);
  }

  @Test
  void countsWhatTheBatchManagerHandsOverAndNotWhatItFetches() {
    assumeThat(setup.isNewest()).isTrue();
    assertCounts("buffered", 5, 4, 0);
    assertThat(mailbox("buffered").lag().count()).isEqualTo(5);
    assertThat(run.stdout())
        .containsSubsequence(
            "requests: fewer than messages\n",
            "sent: [ApproximateReceiveCount, DeadLetterQueueSourceArn, SentTimestamp],"
                + " seen: false\n",
            "direct: [ApproximateReceiveCount]\n");
  }

  @Test
  void goesOnWhenTheBrokerRestarts() {
    assertCounts("restart", 5, 5, 0);
  }

  @Test
  void countsManyMessages() {
    assertCounts("many", many(setup), many(setup), 0);
  }

  @Test
  void tellsTheClockOfEachAge() {
    for (Mailbox mailbox : dump.mailboxes()) {
      assertThat(mailbox.count("ages_by_broker_clock"))
          .as(name(mailbox))
          .isEqualTo(mailbox.count("messages_received"));
      assertThat(mailbox.json().has("ages_by_producer_clock")).isFalse();
      assertThat(mailbox.system()).isEqualTo("aws_sqs");
    }
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("sqs").skipped()).isZero();
    // From Java 24 on, the JVM warns of what Netty does in its older versions.
    assertThat(run.stderr()).allMatch(line -> line.startsWith("WARNING: "));
  }

  private static Mailbox mailbox(String scenario) {
    return dump.mailbox(scenario);
  }

  private static List<Long> deliveries(String scenario) {
    return mailbox(scenario).deliveries();
  }

  private static void assertCounts(String scenario, long received, long acked, long nacked) {
    assertThat(mailbox(scenario).count("messages_received")).as("received").isEqualTo(received);
    assertThat(mailbox(scenario).count("messages_acked")).as("acked").isEqualTo(acked);
    assertThat(mailbox(scenario).count("messages_nacked")).as("nacked").isEqualTo(nacked);
    assertThat(mailbox(scenario).count("messages_expired")).as("expired").isZero();
  }
}
