package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Allocations;
import io.metricsagent.instrumentations.testing.Recorded;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of an actor takes no memory, whatever the actor is known by. */
class ActorAllocationTest {
  /** A clock that stands still: a series takes memory for an age of a new order of magnitude. */
  private final ActorTracker tracker = new ActorTracker(new Recorded().registry(), () -> 77);

  private final SiteHandler put = new PutHandler(tracker, PutHandler.Place.MAILBOX);
  private final SiteHandler receive = new ReceiveHandler(tracker);
  private final Object envelope = new Object();

  @ParameterizedTest
  @ValueSource(classes = {ActorAllocationTest.class, ActorAdapter.class})
  void ofAMessageThatIsPutInAndHandled(Class<?> actorClass) {
    FakeCell cell = new FakeCell(actorClass, "/user/orders");
    FakeMailbox mailbox = new FakeMailbox(cell);
    Allocations.assertAllocatesNothing(
        () -> {
          put.exit(put.enter(mailbox, cell, envelope, null), null, null);
          receive.exit(receive.enter(cell, envelope, null, null), null, null);
        });
  }
}
