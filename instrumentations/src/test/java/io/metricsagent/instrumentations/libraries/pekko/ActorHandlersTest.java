package io.metricsagent.instrumentations.libraries.pekko;

import static io.metricsagent.instrumentations.libraries.pekko.FakeLibrary.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.ActorCell;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.Map;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.DeadLetterSuppression;
import org.apache.pekko.stream.GraphInterpreter;
import org.junit.jupiter.api.Test;

/** What the handlers of actors record. */
class ActorHandlersTest {
  static final class Orders {}

  private final FakeLibrary library = new FakeLibrary(new Recorded());
  private final FakeCell actor = new FakeCell(Orders.class, "/user/orders");
  private final Object message = new Object();

  private MailboxSnapshot mailbox() {
    return library.recorded().mailbox();
  }

  private void assertCounts(long received, long acked, long nacked, long dead, long depth) {
    MailboxSnapshot mailbox = mailbox();
    assertThat(mailbox.received()).as("received").isEqualTo(received);
    assertThat(mailbox.acked()).as("acked").isEqualTo(acked);
    assertThat(mailbox.nacked()).as("nacked").isEqualTo(nacked);
    assertThat(mailbox.deadLettered()).as("dead-lettered").isEqualTo(dead);
    assertThat(mailbox.depth()).as("depth").isEqualTo(depth);
  }

  @Test
  void aMessageWaitsAndIsHandled() {
    library.put(actor, message);
    assertCounts(0, 0, 0, 0, 1);
    assertThat(mailbox().oldestAgeMillis()).isNotNull();
    library.receive(actor, message, NOTHING);

    assertCounts(1, 1, 0, 0, 0);
    assertThat(mailbox().queueName()).isEqualTo(Orders.class.getName());
    assertThat(mailbox().system()).isEqualTo("pekko");
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
    assertThat(mailbox().deliveryCounts().get(0)).isEqualTo(1);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aMessageIsReceivedWhenItsActorBeginsToHandleItAndIsUnsettledUntilThen() {
    library.put(actor, message);
    library.receive(
        actor,
        message,
        () -> {
          assertCounts(1, 0, 0, 0, 0);
          assertThat(mailbox().oldestAgeMillis()).isNotNull();
        });
    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void actorsOfOneClassAddUp() {
    FakeCell other = new FakeCell(Orders.class, "/user/other");
    library.put(actor, message);
    library.put(other, "b");
    library.receive(other, "b", NOTHING);
    assertCounts(1, 1, 0, 0, 1);
  }

  @Test
  void anActorThatTellsItselfCountsBothMessages() {
    library.put(actor, message);
    library.receive(actor, message, () -> library.put(actor, "next"));
    assertCounts(1, 1, 0, 0, 1);
  }

  @Test
  void aMessageThatAnotherActorHandlesMeanwhileCounts() {
    FakeCell other = new FakeCell(Orders.class, "/user/other");
    library.put(actor, message);
    library.put(other, "b");
    library.receive(actor, message, () -> library.receive(other, "b", NOTHING));
    assertCounts(2, 2, 0, 0, 0);
  }

  @Test
  void aMessageWithinAnotherOneCountsOnce() {
    library.put(actor, message);
    library.receive(
        actor, message, () -> library.receive(actor, "inner", () -> library.fail(actor)));
    assertCounts(1, 0, 0, 1, 0);
  }

  @Test
  void aMessageWithWhichTheActorFailsIsDeadLettered() {
    library.put(actor, message);
    library.receive(actor, message, () -> library.fail(actor));
    library.put(actor, "fatal");
    library.receiveAndThrow(actor, "fatal", new OutOfMemoryError("as a test"));
    assertCounts(2, 0, 0, 2, 0);
  }

  /** The library calls the same method when an actor fails to start. */
  @Test
  void aFailureOutsideOfAMessageCountsNothing() {
    library.put(actor, message);
    library.fail(actor);
    library.receive(actor, message, NOTHING);
    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void aMessageForWhichThereIsNoRoomIsDeadLetteredAndDoesNotWait() {
    library.put(
        new FakeMailbox(actor), message, () -> library.deadLetter(new DeadLetter("content")), null);
    assertCounts(0, 0, 0, 1, 0);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aMessageThatTheQueueRefusesByAnExceptionDoesNotWait() {
    library.put(new FakeMailbox(actor), message, NOTHING, new IllegalStateException());
    assertCounts(0, 0, 0, 0, 0);
  }

  @Test
  void messagesOfAStoppedActorAreDeadLettered() {
    library.put(actor, message);
    library.put(actor, new Suppressed());
    library.put(actor, "lost");
    library.receive(actor, message, NOTHING);
    library.cleanUp(actor, new Suppressed(), "lost");
    assertCounts(1, 1, 0, 1, 0);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  record Suppressed() implements DeadLetterSuppression {}

  @Test
  void aMessageThatIsPutIntoAClosedMailboxIsDeadLettered() {
    library.put(new FakeMailbox(actor, true, 1), message, NOTHING, null);
    assertCounts(0, 0, 0, 1, 0);
    assertCounts(0, 0, 0, 1, 0); // once
  }

  @Test
  void aMessageThatTheClosedMailboxStillGaveAwayCountsOnce() {
    library.put(
        new FakeMailbox(actor, true, 0), message, () -> library.cleanUp(actor, message), null);
    assertCounts(0, 0, 0, 1, 0);
  }

  @Test
  void aMessageThatIsPutAsideIsGivenBackAndKeepsItsTime() {
    library.put(actor, message);
    for (int i = 0; i < 2; i++) {
      library.receive(actor, message, () -> library.stash(actor, null));
      assertThat(mailbox().depth()).isZero();
      assertThat(mailbox().oldestAgeMillis()).isNotNull();
      library.unstash(actor, message, NOTHING);
      assertThat(mailbox().depth()).isEqualTo(1);
    }
    library.receive(actor, message, NOTHING);

    assertCounts(3, 1, 2, 0, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(1L, 1L, 1L, 0L);
    assertThat(mailbox().queueLag().count()).isEqualTo(3);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aMessageThatIsPutAsideComesAgainThoughTheActorFails() {
    library.put(actor, message);
    library.receive(
        actor,
        message,
        () -> {
          library.stash(actor, null);
          library.fail(actor);
        });
    assertCounts(1, 0, 1, 0, 0);
  }

  @Test
  void aMessageForWhichTheStashHasNoRoomFails() {
    library.put(actor, message);
    library.receive(
        actor,
        message,
        () -> {
          library.stash(actor, new IllegalStateException("full"));
          library.fail(actor);
        });
    assertCounts(1, 0, 0, 1, 0);
  }

  @Test
  void aMessageThatWasPutAsideFindsNoRoom() {
    library.put(actor, message);
    library.receive(actor, message, () -> library.stash(actor, null));
    library.unstash(actor, message, () -> library.deadLetter(new DeadLetter("content")));
    assertCounts(1, 0, 1, 1, 0);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aMessageOfASharedQueueCounts() {
    library.dispatch(actor, message);
    assertCounts(0, 0, 0, 0, 1);
    library.receive(actor, message, NOTHING);
    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void aDeadLetterOfNobodyKnownIsUnknown() {
    library.drop(message);
    library.deadLetter("an answer to nobody");
    assertThat(mailbox().queueName()).isEqualTo("unknown");
    assertThat(mailbox().deadLettered()).isEqualTo(2);
    assertThat(mailbox().depth()).isNull();
  }

  @Test
  void anActorThatGetsADeadLetterMeanwhileIsNotTheOneThatLostIt() {
    library.put(actor, message);
    library.receive(actor, message, () -> library.deadLetter("an answer to nobody"));
    assertThat(library.recorded().mailboxes())
        .extracting(MailboxSnapshot::queueName, MailboxSnapshot::deadLettered)
        .containsExactlyInAnyOrder(tuple(Orders.class.getName(), 0L), tuple("unknown", 1L));
  }

  @Test
  void actorsOfTheLibraryAndTheMailboxOfDeadLettersAreLeftOut() {
    library.put(new FakeCell(GraphInterpreter.class, "/user/stream"), message);
    library.put((FakeCell) null, message);
    assertThat(library.recorded().mailboxes()).isEmpty();
  }

  @Test
  void anActorOfAkkaIsOne() {
    library.put(new ActorCell(Orders.class), message);
    assertThat(mailbox().system()).isEqualTo("akka");
  }

  @Test
  void handlingAMessageIsTimedIfTheSettingSaysSo() {
    FakeLibrary timed = new FakeLibrary(Recorded.timed());
    timed.put(actor, message);
    timed.receive(actor, message, NOTHING);
    timed.put(actor, "fails");
    timed.receive(actor, "fails", () -> timed.fail(actor));
    timed.put(actor, "fatal");
    timed.receiveAndThrow(actor, "fatal", new OutOfMemoryError("as a test"));
    assertThat(timed.recorded().recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(3);
    assertThat(timed.recorded().failures(MailboxMeasures.PROCESS_DURATION))
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L, "java.lang.OutOfMemoryError", 1L));
  }

  @Test
  void aFailureThatASupervisorHidesIsTimedUnderItsType() {
    FakeLibrary timed = new FakeLibrary(Recorded.timed());
    timed.put(actor, message);
    timed.receive(
        actor,
        message,
        () -> {
          timed.failSupervised(new UnsupportedOperationException());
          timed.failSupervised(new IllegalStateException()); // by an outer supervisor: not again
        });
    assertThat(timed.recorded().failures(MailboxMeasures.PROCESS_DURATION))
        .isEqualTo(Map.of("java.lang.UnsupportedOperationException", 1L));
    assertThat(timed.recorded().mailbox().deadLettered()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsPutAsideIsNotTimed() {
    FakeLibrary timed = new FakeLibrary(Recorded.timed());
    timed.put(actor, message);
    timed.receive(actor, message, () -> timed.stash(actor, null));
    assertThat(timed.recorded().recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }

  @Test
  void nothingIsTimedUnlessTheUserAsksForIt() {
    library.put(actor, message);
    library.receive(actor, message, NOTHING);
    library.put(actor, "fails");
    library.receive(actor, "fails", () -> library.fail(actor));
    assertThat(library.recorded().recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }
}
