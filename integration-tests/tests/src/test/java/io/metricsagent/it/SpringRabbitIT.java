package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.brokers.RabbitMqBroker;
import io.metricsagent.it.harness.Brokers;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
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
 * Both containers of Spring AMQP, against RabbitMQ's server. The queue of a scenario has the
 * scenario's name; the application's {@code Scenarios} describes each scenario.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class SpringRabbitIT {
  private static final List<String> SCENARIOS =
      List.of(
          "simple",
          "direct",
          "batch-acks",
          "direct-batch-acks",
          "retried",
          "republished",
          "republished-direct",
          "refused",
          "requeued",
          "requeued-direct",
          "transacted",
          "forced-stop",
          "template");

  private static RabbitMqBroker broker;
  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    return Setup.of("spring-rabbit/newest", "spring-rabbit/3");
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    if (broker == null) {
      broker = Brokers.rabbitMq();
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(broker.port()));
    arguments.addAll(SCENARIOS);
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
  void countsMessagesOfBothContainers() {
    assertSettled("simple", 5, 5, 0, 0);
    assertSettled("direct", 5, 5, 0, 0);
  }

  @Test
  void countsMessagesAndNotAcknowledgements() {
    assertSettled("batch-acks", 8, 8, 0, 0);
    assertSettled("direct-batch-acks", 8, 8, 0, 0);
  }

  @Test
  void aRetryWithinTheProcessIsNoDelivery() {
    assertSettled("retried", 1, 1, 0, 0);
    assertThat(dump.mailbox("retried").count("total_retries")).isZero();
  }

  @Test
  void countsAMessageThatIsPublishedAgainAsDeadLetteredAndNotAsAcked() {
    for (String queue : List.of("republished", "republished-direct")) {
      assertSettled(queue, 2, 1, 0, 1);
      assertSettled(queue + ".failed", 1, 1, 0, 0);
    }
  }

  @Test
  void countsARefusedMessageAsDeadLettered() {
    assertSettled("refused", 1, 0, 0, 1);
  }

  @Test
  void countsAMessageThatIsDeliveredAgain() {
    for (String queue : List.of("requeued", "requeued-direct", "transacted")) {
      assertSettled(queue, 2, 1, 1, 0);
    }
  }

  /** The container has fetched ten messages, and its listener got one. */
  @Test
  void countsNoMessageThatTheContainerFetchedAndGaveBack() {
    assertSettled("forced-stop", 1, 1, 0, 0);
  }

  @Test
  void countsAMessageThatTheTemplateReceives() {
    assertSettled("template", 1, 1, 0, 0);
    assertThat(dump.mailbox("template").count("queue_depth")).isZero();
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  private static void assertSettled(
      String queue, long received, long acked, long nacked, long deadLettered) {
    Mailbox mailbox = dump.mailbox(queue);
    assertThat(mailbox.count("messages_received")).as(queue).isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as(queue).isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as(queue).isEqualTo(nacked);
    assertThat(mailbox.count("messages_dead_lettered")).as(queue).isEqualTo(deadLettered);
  }
}
