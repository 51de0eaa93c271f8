package io.metricsagent.instrumentations.libraries.pekko;

import static io.metricsagent.instrumentations.libraries.pekko.FakeLibrary.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.Actor;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Actors without a class of their own are known by their paths. */
class ActorPathsTest {
  private final FakeLibrary library = new FakeLibrary(new Recorded());

  private static FakeCell typed(String path) {
    return new FakeCell(ActorAdapter.class, path);
  }

  private void receive(FakeCell actor) {
    Object message = new Object();
    library.put(actor, message);
    library.receive(actor, message, NOTHING);
  }

  private List<String> names() {
    return library.recorded().mailboxes().stream().map(MailboxSnapshot::queueName).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/user, /user",
    "/user/orders, /user/orders",
    "/user/session-17, /user/session-*",
    "/user/session-17/worker, /user/session-*/worker",
    "/user/orders/$a, /user/orders/*",
    "/user/price$, /user/price$",
    "/user/0f3a-beef/x, /user/*/x"
  })
  void aPartThatIsOneOfManyIsAStar(String path, String template) {
    assertThat(ActorPaths.template(path)).isEqualTo(template);
  }

  @Test
  void actorsWhosePathsDifferInNumbersAddUp() {
    receive(typed("/user/session-1"));
    receive(typed("/user/session-2"));
    assertThat(library.recorded().mailbox().queueName()).isEqualTo("/user/session-*");
    assertThat(library.recorded().mailbox().received()).isEqualTo(2);
    assertThat(library.recorded().mailbox().acked()).isEqualTo(2);
  }

  @Test
  void anActorOfWhichOnlyTheInterfaceIsKnownHasItsPath() {
    receive(new FakeCell(Actor.class, "/user/injected"));
    assertThat(names()).containsExactly("/user/injected");
  }

  @Test
  void actorsOfTheSystemAreLeftOutAndEntitiesAreNot() {
    receive(typed("/system/receptionist"));
    receive(typed("/system/sharding/Cart/7/customer-3"));
    assertThat(names()).containsExactly("/system/sharding/Cart/*/customer-*");
  }

  @Test
  void thereAreAHundredNamesAtMost() {
    for (char first = 'a'; first <= 'z'; first++) {
      for (char second = 'a'; second <= 'z'; second++) {
        receive(typed("/user/" + first + second));
      }
    }
    assertThat(names()).hasSize(101).contains("_other", "/user/aa");
    assertThat(library.recorded().mailboxes().stream().mapToLong(MailboxSnapshot::received).sum())
        .isEqualTo(26 * 26);
  }

  @Test
  void actorsBeyondTheBoundCount() {
    List<FakeCell> many = new ArrayList<>();
    for (int i = 0; i < 80_000; i++) {
      many.add(typed("/user/session-" + i));
      receive(many.get(i));
    }
    MailboxSnapshot sessions = library.recorded().mailbox();
    assertThat(sessions.received()).isEqualTo(80_000);
    assertThat(sessions.acked()).isEqualTo(80_000);
    assertThat(sessions.depth()).isZero();
    assertThat(library.tracker().size()).isBetween(60_000, 1 << 16);
    Reference.reachabilityFence(many);
  }

  @Test
  void tenThousandActorsThatStopLeaveNothing() {
    List<FakeCell> alive = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      FakeCell actor = typed("/user/session-" + i);
      alive.add(actor);
      receive(actor);
      library.put(actor, actor);
      library.cleanUp(actor, actor);
    }
    assertThat(library.tracker().size()).isZero();
    MailboxSnapshot sessions = library.recorded().mailbox();
    assertThat(sessions.received()).isEqualTo(10_000);
    assertThat(sessions.deadLettered()).isEqualTo(10_000);
    assertThat(sessions.depth()).isZero();
    assertThat(sessions.oldestAgeMillis()).isNull();
    Reference.reachabilityFence(alive);
  }

  @Test
  void aMessageThatComesTooLateMakesNoMailboxAndIsADeadLetter() {
    FakeCell never = typed("/user/never");
    library.cleanUp(never);
    library.put(new FakeMailbox(never, true, 1), "late", FakeLibrary.NOTHING, null);
    library.put(new FakeMailbox(typed("/system/x"), true, 1), "late", FakeLibrary.NOTHING, null);

    assertThat(names()).containsExactly("unknown");
    assertThat(library.recorded().mailbox().deadLettered()).isEqualTo(1);
    assertThat(library.recorded().mailbox().depth()).isNull();
    assertThat(library.tracker().size()).isZero();
  }

  @Test
  void aMessageThatComesTooLateForAnActorThatGotOthersIsADeadLetterOfItsPath() {
    FakeCell actor = typed("/user/orders");
    receive(actor);
    library.cleanUp(actor);
    library.put(new FakeMailbox(actor, true, 1), "late", FakeLibrary.NOTHING, null);

    assertThat(names()).containsExactly("/user/orders");
    assertThat(library.recorded().mailbox().deadLettered()).isEqualTo(1);
    assertThat(library.recorded().mailbox().depth()).isZero();
    assertThat(library.tracker().size()).isZero();
  }

  @Test
  void actorsThatAreNotStoppedAreNotKeptAlive() {
    for (int i = 0; i < 10_000; i++) {
      receive(typed("/user/session-" + i));
    }
    assertThat(Garbage.collectUntil(() -> library.tracker().size() == 0)).isTrue();
  }
}
