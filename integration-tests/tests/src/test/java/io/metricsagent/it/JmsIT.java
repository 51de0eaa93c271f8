package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
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
 * JMS in both packages, with ActiveMQ Classic and with a provider that no rule names. The queue of
 * a scenario has the scenario's name; the application's {@code Scenarios} describes each scenario.
 *
 * <p>Each delivery ends as acked, nacked, expired or dead-lettered: a roll-back that makes the
 * message a dead letter counts only as dead-lettered.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class JmsIT {
  private static final String ACTIVEMQ = "activemq";
  private static final String ARTEMIS = "artemis";
  private static final List<String> GENERIC =
      List.of(
          "auto-receive",
          "auto-listener",
          "client-ack",
          "individual-ack",
          "transacted",
          "recover",
          "abandoned");

  private static final List<String> CONNECTIONS =
      List.of("dups-ok", "connection-closed", "connection-closed-in-transaction");

  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    Setup.of("jms-jakarta").forEach(setup -> setups.add(setup.with(ACTIVEMQ)));
    Setup.of("jms-jakarta").forEach(setup -> setups.add(setup.with(ARTEMIS)));
    setups.add(Setup.onNewestJdk("jms-jakarta").with("memory"));
    setups.add(Setup.onNewestJdk("jms-javax").with(ACTIVEMQ));
    setups.add(Setup.onNewestJdk("jms-javax").with("memory"));
    return setups;
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    List<String> arguments = new ArrayList<>(setup.options());
    arguments.addAll(scenarios(setup));
    run = setup.run().withAgent().run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    dump = run.dump();
  }

  /** Returns those of all providers, and those that a provider's own client decides. */
  private static List<String> scenarios(Setup setup) {
    List<String> scenarios = new ArrayList<>(GENERIC);
    if (!setup.options().contains("memory")) {
      scenarios.addAll(CONNECTIONS);
    }
    if (setup.options().contains(ACTIVEMQ)) {
      scenarios.addAll(List.of("expiry", "poison"));
      if (setup.app().equals("jms-jakarta")) {
        scenarios.add("context"); // ActiveMQ 5 does not support it
      }
    }
    if (setup.options().contains(ARTEMIS)) {
      scenarios.add("expiry-in-client");
    }
    return scenarios;
  }

  @Test
  void countsMessagesOfTheThreeWaysToReceiveAndNoneOfAnEmptyQueue() {
    Mailbox mailbox = dump.mailbox("auto-receive");

    assertSettled(mailbox, 3, 3, 0);
    assertDeliveries(mailbox, 3);
  }

  @Test
  void countsAMessageThatAListenerRefusedAsNacked() {
    Mailbox mailbox = dump.mailbox("auto-listener");

    assertSettled(mailbox, 4, 3, 1);
    assertDeliveries(mailbox, 3, 1);
  }

  @Test
  void countsMessagesAndNotAcknowledgements() {
    assertSettled(dump.mailbox("client-ack"), 5, 5, 0);
  }

  /** The application receives three messages and never acknowledges one of them. */
  @Test
  void countsEachMessageOnItsOwnWhereTheProviderAcknowledgesItSo() {
    assertSettled(dump.mailbox("individual-ack"), 3, 2, 1);
  }

  @Test
  void settlesATransactionsMessagesAtItsEnd() {
    Mailbox mailbox = dump.mailbox("transacted");

    assertSettled(mailbox, 6, 4, 2);
    assertDeliveries(mailbox, 4, 2);
  }

  @Test
  void countsRecoveredMessagesAsNacked() {
    Mailbox mailbox = dump.mailbox("recover");

    assertSettled(mailbox, 4, 2, 2);
    assertDeliveries(mailbox, 2, 2);
  }

  @Test
  void countsMessagesLeftUnacknowledgedByAClosedSessionAsNacked() {
    assertSettled(dump.mailbox("abandoned"), 2, 0, 2);
  }

  @Test
  void countsMessagesThatMayBeAcknowledgedLateAsAcknowledged() {
    assumeRan("dups-ok");
    assertSettled(dump.mailbox("dups-ok"), 2, 2, 0);
  }

  @Test
  void countsMessagesLeftUnacknowledgedByAClosedConnectionAsNacked() {
    assumeRan("connection-closed");
    Mailbox mailbox = dump.mailbox("connection-closed");

    assertSettled(mailbox, 4, 2, 2);
    assertDeliveries(mailbox, 2, 2);
  }

  @Test
  void countsMessagesOfATransactionThatItsConnectionEndedAsNacked() {
    assumeRan("connection-closed-in-transaction");
    assertSettled(dump.mailbox("connection-closed-in-transaction"), 2, 0, 2);
  }

  @Test
  void countsAMessageThatExpiredOnItsWayToTheApplication() {
    assumeRan("expiry");
    Mailbox mailbox = dump.mailbox("expiry");

    assertSettled(mailbox, 2, 2, 0);
    assertThat(mailbox.count("messages_expired")).isEqualTo(1);
    assertThat(mailbox.count("messages_dead_lettered")).isZero();
  }

  @Test
  void countsAMessageThatExpiredInTheClientOfArtemis() {
    assumeRan("expiry-in-client");
    Mailbox mailbox = dump.mailbox("expiry-in-client");

    assertSettled(mailbox, 2, 2, 0);
    assertThat(mailbox.count("messages_expired")).isEqualTo(1);
  }

  @Test
  void countsADeadLetterInTheQueueItComesFrom() {
    assumeRan("poison");
    Mailbox mailbox = dump.mailbox("poison");

    assertSettled(mailbox, 3, 0, 2);
    assertThat(mailbox.count("messages_dead_lettered")).isEqualTo(1);
    assertDeliveries(mailbox, 1, 1, 1);
    assertThat(dump.mailbox("ActiveMQ.DLQ").count("messages_dead_lettered")).isZero();
  }

  @Test
  void countsMessagesOfAWrappedConsumerOnce() {
    assumeRan("context");
    assertSettled(dump.mailbox("context"), 2, 2, 0);
  }

  @Test
  void knowsTheAgeOfEachMessage() {
    for (String scenario : scenarios(setup)) {
      Mailbox mailbox = dump.mailbox(scenario);
      assertThat(mailbox.lag().count()).as(scenario).isEqualTo(mailbox.count("messages_received"));
    }
  }

  @Test
  void namesTheSystem() {
    assumeThat(setup.options()).doesNotContain("memory");
    String system = setup.options().get(0);
    assertThat(dump.mailboxes()).allMatch(mailbox -> mailbox.system().equals(system));
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    List<String> printed = new ArrayList<>(run.stderr());
    if (setup.options().contains(ARTEMIS)) {
      // What Java 25 says of native code in Artemis and its Netty ends with an empty line.
      printed.removeIf(line -> line.startsWith("WARNING: ") || line.isEmpty());
    }
    assertThat(printed).isEmpty();
  }

  private void assumeRan(String scenario) {
    assumeThat(scenarios(setup)).contains(scenario);
  }

  private static void assertSettled(Mailbox mailbox, long received, long acked, long nacked) {
    assertThat(mailbox.count("messages_received")).as("received").isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as("acked").isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as("nacked").isEqualTo(nacked);
  }

  /** Asserts how many messages were delivered the first time, the second time and so on. */
  private static void assertDeliveries(Mailbox mailbox, long... counts) {
    List<Long> expected = new ArrayList<>();
    long retries = 0;
    for (int i = 0; i < 10; i++) {
      long count = i < counts.length ? counts[i] : 0;
      expected.add(count);
      retries += i * count;
    }
    assertThat(mailbox.deliveries()).isEqualTo(expected);
    assertThat(mailbox.count("total_retries")).as("retries").isEqualTo(retries);
  }
}
