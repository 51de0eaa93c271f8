package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import org.apache.pekko.actor.DeadLetter;

/** Calls the handlers as the woven library does. */
final class FakeLibrary {
  static final Runnable NOTHING = () -> {};

  private final Recorded recorded;
  private final ActorTracker tracker;
  private final SiteHandler put;
  private final SiteHandler dispatch;
  private final SiteHandler unstash;
  private final SiteHandler receive;
  private final SiteHandler stash = new StashHandler();
  private final SiteHandler failure = new FailureHandler();
  private final SiteHandler cleanUp;
  private final SiteHandler drop = new DropHandler();
  private final SiteHandler deadLetter;
  private final SiteHandler buffer;
  private final SiteHandler unbuffer;
  private final SiteHandler next;
  private final SiteHandler clear;

  FakeLibrary(Recorded recorded) {
    this.recorded = recorded;
    tracker = new ActorTracker(recorded.registry(), System::nanoTime);
    put = new PutHandler(tracker, PutHandler.Place.MAILBOX);
    dispatch = new PutHandler(tracker, PutHandler.Place.SHARED_QUEUE);
    unstash = new PutHandler(tracker, PutHandler.Place.STASH);
    receive = new ReceiveHandler(tracker);
    cleanUp = new CleanUpHandler(tracker);
    deadLetter = new DeadLetterHandler(tracker);
    buffer = new TypedStashHandler(tracker, TypedStashHandler.Of.STASH);
    unbuffer = new TypedStashHandler(tracker, TypedStashHandler.Of.UNSTASH);
    next = new TypedStashHandler(tracker, TypedStashHandler.Of.NEXT);
    clear = new TypedStashHandler(tracker, TypedStashHandler.Of.CLEAR);
  }

  Recorded recorded() {
    return recorded;
  }

  ActorTracker tracker() {
    return tracker;
  }

  private static void call(
      SiteHandler handler, Object self, Object arg0, Object arg1, Runnable body, Throwable thrown) {
    Object token = handler.enter(self, arg0, arg1, null);
    body.run();
    if (token != null) {
      handler.exit(token, null, thrown);
    }
  }

  /** Puts a message into the mailbox of an actor. */
  void put(FakeCell to, Object envelope) {
    put(new FakeMailbox(to), envelope, NOTHING, null);
  }

  void put(FakeMailbox to, Object envelope, Runnable meanwhile, Throwable thrown) {
    call(put, to, "reference", envelope, meanwhile, thrown);
  }

  /** Puts a message into a queue that actors share. */
  void dispatch(FakeCell to, Object envelope) {
    call(dispatch, "dispatcher", to, envelope, NOTHING, null);
  }

  /** Puts a message into the mailbox that was put aside. */
  void unstash(FakeCell actor, Object envelope, Runnable meanwhile) {
    call(unstash, new FakeMailbox(actor), envelope, null, meanwhile, null);
  }

  /** An actor handles a message. */
  void receive(FakeCell actor, Object envelope, Runnable meanwhile) {
    call(receive, actor, envelope, null, meanwhile, null);
  }

  void receiveAndThrow(FakeCell actor, Object envelope, Throwable thrown) {
    call(receive, actor, envelope, null, NOTHING, thrown);
  }

  /** An actor puts the message aside that it handles; throws if there is no room. */
  void stash(FakeCell actor, Throwable thrown) {
    call(stash, new FakeMailbox(actor), null, null, NOTHING, thrown);
  }

  /** The library notices that the actor throws. */
  void fail(FakeCell actor) {
    call(failure, actor, null, new IllegalStateException(), NOTHING, null);
  }

  /** A supervisor of a typed actor looks at what the actor throws. */
  void failSupervised(Throwable thrown) {
    call(failure, "supervisor", thrown, null, NOTHING, null);
  }

  /** A typed actor puts a message into its buffer; throws if that is full. */
  void buffer(Object stashBuffer, Throwable thrown) {
    call(buffer, stashBuffer, "message", null, NOTHING, thrown);
  }

  /** A typed actor takes as many messages out of its buffer as there are runnables. */
  void unbuffer(Object stashBuffer, Throwable thrown, Runnable... handling) {
    call(
        unbuffer,
        stashBuffer,
        "behavior",
        null,
        () -> // unstashAll calls unstash
        call(
                unbuffer,
                stashBuffer,
                "behavior",
                null,
                () -> {
                  for (Runnable each : handling) {
                    call(next, stashBuffer, null, null, NOTHING, null);
                    each.run();
                  }
                },
                thrown),
        thrown);
  }

  /** A typed actor throws the messages of its buffer away. */
  void clear(Object stashBuffer) {
    call(clear, stashBuffer, null, null, NOTHING, null);
  }

  /** An actor has stopped with messages in its mailbox. */
  void cleanUp(FakeCell actor, Object... envelopes) {
    call(
        cleanUp,
        new FakeMailbox(actor),
        null,
        null,
        () -> {
          for (Object envelope : envelopes) {
            drop(envelope);
          }
        },
        null);
  }

  /** The mailbox of dead letters gets a message. */
  void drop(Object envelope) {
    call(
        drop, "mailboxes", "reference", envelope, () -> deadLetter(new DeadLetter(envelope)), null);
  }

  /** The reference {@code /deadLetters} gets a message. */
  void deadLetter(Object message) {
    call(deadLetter, "deadLetters", message, null, NOTHING, null);
  }
}
