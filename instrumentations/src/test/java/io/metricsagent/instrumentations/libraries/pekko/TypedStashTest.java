package io.metricsagent.instrumentations.libraries.pekko;

import static io.metricsagent.instrumentations.libraries.pekko.FakeLibrary.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.Map;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a typed actor puts into its {@code StashBuffer} and takes out of it. */
class TypedStashTest {
  /** As the library's. */
  static final class UnstashException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnstashException(Throwable cause) {
      super(cause);
    }
  }

  private final FakeLibrary library = new FakeLibrary(Recorded.timed());
  private final FakeCell actor = new FakeCell(ActorAdapter.class, "/user/orders");
  private Object buffer = new Object();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  private void receive(String message, Runnable handling) {
    Object envelope = new String(message); // each has an identity of its own
    library.put(actor, envelope);
    library.receive(actor, envelope, handling);
  }

  private void putAside(int messages) {
    for (int i = 0; i < messages; i++) {
      receive("aside", () -> library.buffer(buffer, null));
    }
  }

  private MailboxSnapshot mailbox() {
    return library.recorded().mailbox();
  }

  private void assertCounts(long received, long acked, long nacked, long dead) {
    assertThat(mailbox())
        .extracting(
            MailboxSnapshot::received,
            MailboxSnapshot::acked,
            MailboxSnapshot::nacked,
            MailboxSnapshot::deadLettered,
            MailboxSnapshot::depth)
        .containsExactly(received, acked, nacked, dead, 0L);
  }

  @Test
  void aMessageThatIsPutAsideIsGivenBackAndComesAgain() {
    putAside(2);
    assertCounts(2, 0, 2, 0);
    assertThat(mailbox().oldestAgeMillis()).isNotNull();

    receive("open", () -> library.unbuffer(buffer, null, NOTHING, NOTHING));
    assertCounts(5, 3, 2, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(3L, 2L, 0L);
    assertThat(mailbox().queueLag().count()).isEqualTo(5);
    assertThat(mailbox().oldestAgeMillis()).isNull();
    assertThat(library.recorded().recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(3);
  }

  @Test
  void aMessageMayBePutAsideAgainWhenItComes() {
    putAside(1);
    receive("open", () -> library.unbuffer(buffer, null, () -> library.buffer(buffer, null)));
    assertCounts(3, 1, 2, 0);
    assertThat(mailbox().oldestAgeMillis()).isNotNull();

    receive("open", () -> library.unbuffer(buffer, null, NOTHING));
    assertCounts(5, 3, 2, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(3L, 1L, 1L, 0L);
  }

  @Test
  void aMessageWithWhichTheActorFailsThenIsDeadLetteredAndTheOneBeforeIsNot() {
    putAside(3);
    receive(
        "open",
        () -> {
          library.unbuffer(
              buffer, new UnstashException(new IllegalStateException()), NOTHING, NOTHING);
          library.fail(actor);
        });
    assertCounts(6, 2, 3, 1);
    assertThat(library.recorded().failures(MailboxMeasures.PROCESS_DURATION))
        .isEqualTo(Map.of("java.lang.IllegalStateException", 1L));
  }

  @Test
  void aFailureThatASupervisorOfTheBehaviorHidesIsOne() {
    putAside(2);
    receive(
        "open",
        () ->
            library.unbuffer(
                buffer,
                null,
                () -> library.failSupervised(new UnsupportedOperationException()),
                NOTHING));
    assertCounts(5, 2, 2, 1);
    assertThat(library.recorded().failures(MailboxMeasures.PROCESS_DURATION))
        .isEqualTo(Map.of("java.lang.UnsupportedOperationException", 1L));
  }

  @Test
  void whatAnActorLeavesThereWhenItStopsIsDeadLettered() {
    putAside(3);
    receive(
        "open",
        () ->
            library.unbuffer(
                buffer,
                null,
                NOTHING, // the actor stops with this one
                () -> library.deadLetter(new DeadLetter("aside", actor)),
                () -> library.deadLetter(new DeadLetter("aside", actor))));
    assertCounts(5, 2, 3, 2);
    assertThat(mailbox().deliveryCounts()).startsWith(4L, 1L, 0L);
  }

  @Test
  void aMessageToAnotherActorThatIsGoneIsADeadLetterOfItsOwn() {
    putAside(1);
    receive(
        "open",
        () ->
            library.unbuffer(
                buffer, null, () -> library.deadLetter(new DeadLetter("answer", "another"))));
    assertThat(library.recorded().mailboxes())
        .extracting(
            MailboxSnapshot::queueName, MailboxSnapshot::acked, MailboxSnapshot::deadLettered)
        .containsExactlyInAnyOrder(tuple("/user/orders", 2L, 0L), tuple("unknown", 0L, 1L));
  }

  @Test
  void aFullBufferTakesNothing() {
    receive("aside", () -> library.buffer(buffer, new IllegalStateException("full")));
    assertCounts(1, 1, 0, 0);
  }

  @Test
  void aMessageThatTheActorMakesItselfIsReceivedOnce() {
    receive(
        "aside",
        () -> {
          library.buffer(buffer, null);
          library.buffer(buffer, null);
        });
    assertCounts(1, 0, 1, 0);

    receive("open", () -> library.unbuffer(buffer, null, NOTHING, NOTHING));
    assertCounts(4, 3, 1, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(3L, 1L, 0L);
    assertThat(mailbox().queueLag().count()).isEqualTo(3);
  }

  @Test
  void whatIsThrownAwayIsNotTheOldest() {
    putAside(2);
    library.clear(buffer);
    assertThat(mailbox().oldestAgeMillis()).isNull();
    assertCounts(2, 0, 2, 0);
  }

  @Test
  void ofMoreThanAThousandMessagesTheRestIsUnknown() {
    int many = TypedStash.MAX + 100;
    putAside(many);
    Runnable[] handling = new Runnable[many];
    java.util.Arrays.fill(handling, NOTHING);
    receive("open", () -> library.unbuffer(buffer, null, handling));

    assertCounts(2L * many + 1, many + 1, many, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(many + 1L, (long) TypedStash.MAX, 0L);
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void aBufferIsAQueueHoweverItsMessagesComeAndGo() {
    for (int round = 0; round < 10; round++) {
      putAside(3);
      receive("open", () -> library.unbuffer(buffer, null, NOTHING, NOTHING));
    }
    assertCounts(60, 30, 30, 0);
    assertThat(mailbox().deliveryCounts()).startsWith(40L, 20L, 0L);
  }

  @Test
  void aBufferThatIsGoneHasNoOldestMessage() {
    putAside(1);
    buffer = null;
    assertThat(Garbage.collectUntil(() -> mailbox().oldestAgeMillis() == null)).isTrue();
  }

  @Test
  void buffersOfActorsThatAreLeftOutAreLeftOut() {
    FakeCell ofLibrary = new FakeCell(ActorAdapter.class, "/system/receptionist");
    library.receive(ofLibrary, "aside", () -> library.buffer(buffer, null));
    library.receive(ofLibrary, "open", () -> library.unbuffer(buffer, null, NOTHING));
    assertThat(library.recorded().mailboxes()).isEmpty();
  }
}
