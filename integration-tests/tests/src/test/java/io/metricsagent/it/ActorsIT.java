package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.Dump.Mailbox;
import io.metricsagent.it.harness.FinishedRun;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Actors of Pekko and of Akka. The mailbox of a classic actor has the name of its class, that of a
 * typed one the path; the application's {@code Scenarios} and {@code TypedScenarios} describe what
 * happens to their messages.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class ActorsIT {
  private static FinishedRun run;
  private static Dump dump;

  @Parameter private Setup setup;

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>(Setup.of("pekko/newest", "pekko/oldest"));
    setups.addAll(Setup.of("akka/newest", "akka/oldest"));
    return setups;
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws IOException {
    run = setup.run().withAgent().setting("metrics.agent.actors.enabled", "true").run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.stdout()).contains("done");
    dump = run.dump();
  }

  private String library() {
    return setup.app().substring(0, setup.app().indexOf('/'));
  }

  private Mailbox actors(String simpleName) {
    Mailbox actors = dump.mailbox("com.example." + library() + ".Actors$" + simpleName);
    assertThat(actors.system()).isEqualTo(library());
    return actors;
  }

  private static void assertEmpty(Mailbox mailbox) {
    assertThat(mailbox.count("queue_depth")).isZero();
    assertThat(mailbox.json().get("oldest_message_age_ms").isNull()).isTrue();
  }

  @Test
  void countsMessagesAndKnowsTheirAge() {
    Mailbox plain = actors("Plain");
    Settlements.assertSettled(plain, 5, 5, 0, 0);
    Settlements.assertDeliveries(plain, 5);
    assertThat(plain.lag().count()).isEqualTo(5);
    assertEmpty(plain);
  }

  @Test
  void addsUpTheActorsOfAClass() {
    Settlements.assertSettled(actors("Twin"), 7, 7, 0, 0);
  }

  @Test
  void countsAMessageWithWhichAnActorFailsAsDeadLettered() {
    Settlements.assertSettled(actors("Failing"), 3, 2, 0, 1);
    assertEmpty(actors("Failing"));
  }

  @Test
  void countsMessagesOfAStoppedActorAsDeadLettered() {
    Settlements.assertSettled(actors("Stopped"), 1, 1, 0, 4);
    assertEmpty(actors("Stopped"));
  }

  @Test
  void countsMessagesForWhichThereIsNoRoomAsDeadLettered() {
    Settlements.assertSettled(actors("Bounded"), 3, 3, 0, 3);
    assertEmpty(actors("Bounded"));
  }

  @Test
  void countsAMessageAgainThatWasPutAside() {
    Settlements.assertSettled(actors("Stashing"), 7, 4, 3, 0);
    Settlements.assertDeliveries(actors("Stashing"), 4, 3);
    assertThat(actors("Stashing").lag().count()).isEqualTo(7);
    assertEmpty(actors("Stashing"));
  }

  @Test
  void countsMessagesThatAStoppedActorHadPutAsideAsDeadLettered() {
    Settlements.assertSettled(actors("Dropping"), 3, 1, 2, 2);
    assertEmpty(actors("Dropping"));
  }

  @Test
  void countsMessagesOfAQueueThatActorsShare() {
    Settlements.assertSettled(actors("Balanced"), 6, 6, 0, 0);
    assertThat(actors("Balanced").lag().count()).isEqualTo(6);
    assertEmpty(actors("Balanced"));
  }

  @Test
  void countsQuestionsAndNotTheirAnswers() {
    Settlements.assertSettled(actors("Asked"), 3, 3, 0, 0);
  }

  @Test
  void countsDeadLettersOfNobodyKnownAndNoMessageThatMayBeLost() {
    Settlements.assertSettled(actors("Late"), 1, 1, 0, 0);
    Settlements.assertSettled(dump.mailbox("unknown"), 0, 0, 0, 3);
  }

  @Test
  void countsAHundredThousandMessages() {
    Settlements.assertSettled(actors("Many"), 100_000, 100_000, 0, 0);
    assertThat(actors("Many").lag().count()).isBetween(1L, 100_000L);
    assertEmpty(actors("Many"));
  }

  @Test
  void countsThousandsOfActorsOfAClass() {
    Settlements.assertSettled(actors("Churned"), 20_000, 20_000, 0, 0);
    assertEmpty(actors("Churned"));
  }

  @Test
  void knowsHowManyMessagesWaitAndTheOldest() {
    Settlements.assertSettled(actors("Busy"), 1, 0, 0, 0);
    assertThat(actors("Busy").count("queue_depth")).isEqualTo(7);
    assertThat(actors("Busy").json().get("oldest_message_age_ms").isNumber()).isTrue();
  }

  @Test
  void countsTypedActorsByTheirPath() {
    Settlements.assertSettled(dump.mailbox("/user/orders"), 3, 3, 0, 0);
    Settlements.assertSettled(dump.mailbox("/user/session-*"), 10_000, 10_000, 0, 0);
    assertThat(dump.mailbox("/user/orders").system()).isEqualTo(library());
    assertThat(dump.mailbox("/user/orders").lag().count()).isEqualTo(3);
    assertEmpty(dump.mailbox("/user/session-*"));
  }

  @Test
  void countsAFailureThatASupervisorHides() {
    Settlements.assertSettled(dump.mailbox("/user/supervised"), 3, 2, 0, 1);
    Settlements.assertSettled(dump.mailbox("/user/unsupervised"), 2, 1, 0, 1);
  }

  @Test
  void countsAMessageAgainThatATypedActorPutAside() {
    Mailbox stashing = dump.mailbox("/user/stashing");
    Settlements.assertSettled(stashing, 6, 4, 2, 0);
    Settlements.assertDeliveries(stashing, 4, 2);
    assertThat(stashing.lag().count()).isEqualTo(6);
    assertEmpty(stashing);
  }

  @Test
  void countsMessagesThatATypedActorHadPutAsideWhenItStoppedAsDeadLettered() {
    Settlements.assertSettled(dump.mailbox("/user/stopping"), 7, 3, 4, 2);
    assertEmpty(dump.mailbox("/user/stopping"));
  }

  @Test
  void countsAMessageWithWhichATypedActorFailsAfterItHadPutItAsideAsDeadLettered() {
    Settlements.assertSettled(dump.mailbox("/user/failing"), 5, 2, 2, 1);
    assertEmpty(dump.mailbox("/user/failing"));
  }

  @Test
  void leavesOutTheActorsOfTheLibrary() {
    assertThat(dump.mailboxes())
        .extracting(mailbox -> mailbox.json().get("queue_name").asString(""))
        .allMatch(
            name ->
                name.startsWith("com.example.")
                    || name.startsWith("/user/")
                    || name.equals("unknown"));
  }

  @Test
  void doesNotTrip() {
    assertThat(dump.agentErrors()).isZero();
    assertThat(dump.instrumentation("pekko").skipped()).isZero();
    assertThat(dump.instrumentation("pekko").wovenMethods()).isEqualTo(16);
    assertThat(run.stderr()) // newer JVMs warn of what the library itself calls
        .allMatch(line -> line.startsWith("WARNING: "));
  }

  /** What is off costs no class. */
  @Test
  void nothingIsWovenOrLoadedWithoutTheSetting() throws IOException {
    FinishedRun off = setup.run().withAgent().jvm("-Xlog:class+load:file=loaded").run();
    assertThat(off.exitCode()).as(off.toString()).isZero();
    assertThat(off.dump().mailboxes()).isEmpty();
    assertThat(off.agentDirectory().resolveSibling("loaded"))
        .content()
        .contains("io.metricsagent")
        .doesNotContain("libraries.pekko")
        .doesNotContain("agent.start.ActorTargets");
  }
}
