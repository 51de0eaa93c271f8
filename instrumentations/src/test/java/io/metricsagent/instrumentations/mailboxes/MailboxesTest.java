package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Series of queues, and levels that are sampled before each snapshot. */
class MailboxesTest {
  private final Recorded recorded = new Recorded();
  private final Mailboxes mailboxes = new Mailboxes(recorded.registry());
  private final MailboxMetrics orders = mailboxes.of("orders", "kafka");

  @Test
  void aQueueThatCannotBeKnownHasAName() {
    assertThat(mailboxes.of(null, "jms")).isSameAs(mailboxes.of(Mailboxes.UNKNOWN_QUEUE, "jms"));
    assertThat(mailboxes.of("orders", "kafka")).isSameAs(orders);
  }

  @Test
  void depthsOfOneQueueAreAddedAndTheOldestMessageCounts() {
    long now = System.currentTimeMillis();
    LevelSource one =
        into -> {
          into.depth(orders, 3);
          into.unsettled(orders, now - 60_000);
        };
    LevelSource other =
        into -> {
          into.depth(orders, 4);
          into.unsettled(orders, now);
        };
    mailboxes.sample(one);
    mailboxes.sample(other);

    assertThat(recorded.mailbox().depth()).isEqualTo(7);
    assertThat(recorded.mailbox().oldestAgeMillis()).isGreaterThanOrEqualTo(60_000);
    Reference.reachabilityFence(one);
    Reference.reachabilityFence(other);
  }

  @Test
  void whatNoSourceTellsIsUnknownAndNotZero() {
    boolean[] known = {true};
    LevelSource source =
        into -> {
          if (known[0]) {
            into.depth(orders, 0);
            into.unsettled(orders, System.currentTimeMillis());
          }
          into.depth(orders, -1);
          into.unsettled(orders, 0);
        };
    mailboxes.sample(source);
    assertThat(recorded.mailbox().depth()).isZero();

    known[0] = false;
    assertThat(recorded.mailbox().depth()).isNull();
    assertThat(recorded.mailbox().oldestAgeMillis()).isNull();
    Reference.reachabilityFence(source);
  }

  /** Something may refer to a source for longer than it has anything to tell. */
  @Test
  void aSourceWhoseSamplingEndedIsNotAskedAndNotHeld() {
    LevelSource source = into -> into.depth(orders, 1);
    Sampling sampling = mailboxes.sample(source);
    assertThat(mailboxes.sources()).isEqualTo(1);

    sampling.end();
    sampling.end();

    assertThat(mailboxes.sources()).isZero();
    assertThat(recorded.mailbox().depth()).isNull();
    Reference.reachabilityFence(source);
  }

  @Test
  void sourcesThatEndedLeaveRoomForOthers() {
    LevelSource source = into -> into.depth(orders, 1);
    for (int i = 0; i < 20_000; i++) {
      mailboxes.sample(source).end();
    }
    mailboxes.sample(source);

    assertThat(recorded.mailbox().depth()).isEqualTo(1);
    Reference.reachabilityFence(source);
  }

  @Test
  void aDepthThatTheApplicationSetIsLeftAlone() {
    LevelSource source = into -> into.unsettled(orders, System.currentTimeMillis());
    mailboxes.sample(source);
    orders.recordDepth(17);

    assertThat(recorded.mailbox().depth()).isEqualTo(17);
    Reference.reachabilityFence(source);
  }

  @Test
  void aSourceThatFailsLosesItsOwnLevelsOnly() {
    LevelSource failing =
        into -> {
          throw new IllegalStateException();
        };
    LevelSource source = into -> into.depth(orders, 5);
    mailboxes.sample(failing);
    mailboxes.sample(source);

    assertThat(recorded.mailbox().depth()).isEqualTo(5);
    Reference.reachabilityFence(failing);
    Reference.reachabilityFence(source);
  }

  @Test
  void aSourceThatIsGoneIsForgottenWithItsLevels() {
    WeakReference<LevelSource> gone = new WeakReference<>(addSource());
    assertThat(recorded.mailbox().depth()).isIn(5L, null);

    assertThat(Garbage.collectUntil(() -> gone.refersTo(null))).isTrue();
    assertThat(recorded.mailbox().depth()).isNull();
  }

  private LevelSource addSource() {
    MailboxMetrics mailbox = orders;
    LevelSource source =
        new LevelSource() {
          @Override
          public void sample(LevelSample into) {
            into.depth(mailbox, 5);
          }
        };
    mailboxes.sample(source);
    return source;
  }
}
