package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The queue channels of Spring Integration. The mailbox of a channel has the name of its bean; the
 * application's methods, which have the same names, describe what passes through it.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class SpringIntegrationIT {
  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("spring-integration/newest", "spring-integration/oldest");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    run = setup.run().withAgent().run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.stdout()).contains("done");
    dump = run.dump();
  }

  @Test
  void countsMessagesAndNoCallThatGotNone() {
    assertInMemory("orders", 5);
    assertThat(dump.mailbox("orders").count("queue_depth")).isZero();
  }

  @Test
  void countsMessagesThatAnEndpointPolls() {
    assertInMemory("polled", 4);
  }

  @Test
  void countsAMessageOnceThatPassesThroughTwoMethodsWithOneName() {
    assertInMemory("priority", 3);
  }

  @Test
  void countsAMessageThatIsHandedOverWithoutAQueue() {
    assertInMemory("rendezvous", 1);
    assertThat(dump.mailbox("rendezvous").count("queue_depth")).isZero();
  }

  @Test
  void countsNoMessageForWhichThereWasNoRoom() {
    assertInMemory("full", 2);
    assertThat(dump.mailbox("full").count("queue_depth")).isZero();
  }

  @Test
  void knowsDepthAndOldestMessageOfAQueueInMemory() {
    assertInMemory("waiting", 1);
    Mailbox waiting = dump.mailbox("waiting");
    assertThat(waiting.count("queue_depth")).isEqualTo(2);
    assertThat(waiting.json().get("oldest_message_age_ms").isNumber()).isTrue();
    assertThat(dump.mailbox("orders").json().get("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void countsNoMessageThatWasRemoved() {
    assertSettled("purged", 0, 0);
    assertThat(dump.mailbox("purged").count("queue_depth")).isZero();
    assertThat(dump.mailbox("purged").json().get("oldest_message_age_ms").isNull()).isTrue();
  }

  /** A message store may be in a database: its size is a query, and a rollback keeps a message. */
  @Test
  void leavesAQueueAloneThatMayNotBeInMemory() {
    assertSettled("stored", 2, 0);
    assertSettled("linked", 1, 0);
    for (String queue : List.of("stored", "linked")) {
      Mailbox mailbox = dump.mailbox(queue);
      assertThat(mailbox.json().get("queue_depth").isNull()).as(queue).isTrue();
      assertThat(mailbox.lag().count()).as(queue).isZero();
    }
  }

  @Test
  void countsAChannelThatIsNoBeanAsUnknown() {
    assertInMemory("unknown", 1);
  }

  @Test
  void countsAHundredThousandMessages() {
    assertSettled("bulk", 100_000, 100_000);
    assertThat(dump.mailbox("bulk").lag().count()).isBetween(1L, 100_000L);
    assertThat(dump.mailbox("bulk").count("queue_depth")).isZero();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("spring-integration").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static void assertInMemory(String queue, long messages) {
    assertSettled(queue, messages, messages);
    assertThat(dump.mailbox(queue).lag().count()).as(queue).isEqualTo(messages);
    assertThat(dump.mailbox(queue).deliveries()).as(queue).containsOnly(0L);
  }

  private static void assertSettled(String queue, long received, long acked) {
    Mailbox mailbox = dump.mailbox(queue);
    assertThat(mailbox.system()).isEqualTo("spring_integration");
    assertThat(mailbox.count("messages_received")).as(queue).isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as(queue).isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as(queue).isZero();
    assertThat(mailbox.count("messages_dead_lettered")).as(queue).isZero();
  }
}
