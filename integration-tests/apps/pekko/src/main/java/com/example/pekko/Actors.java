package com.example.pekko;

import java.util.Optional;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.AbstractActorWithStash;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Terminated;

/** The actors of the scenarios, each of which has a class of its own, and so a mailbox. */
final class Actors {
  private Actors() {}

  /** Passes a gate at each message. A text with which it shall fail is {@code fail}. */
  abstract static class Counting extends AbstractActor {
    private final Gate done;

    Counting(Gate done) {
      this.done = done;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchAny(this::handle).build();
    }

    @Override
    public void postStop() {
      done.stopped();
    }

    /** A restart is no stop. */
    @Override
    public void preRestart(Throwable reason, Optional<Object> message) {}

    void handle(Object message) throws Exception {
      done.pass();
      if (message.equals("fail")) {
        throw new Exception("asked to fail");
      }
    }
  }

  static final class Plain extends Counting {
    Plain(Gate done) {
      super(done);
    }
  }

  static final class Twin extends Counting {
    Twin(Gate done) {
      super(done);
    }
  }

  static final class Failing extends Counting {
    Failing(Gate done) {
      super(done);
    }
  }

  static final class Balanced extends Counting {
    Balanced(Gate done) {
      super(done);
    }
  }

  static final class Many extends Counting {
    Many(Gate done) {
      super(done);
    }
  }

  static final class Churned extends Counting {
    Churned(Gate done) {
      super(done);
    }
  }

  static final class Late extends Counting {
    Late(Gate done) {
      super(done);
    }
  }

  /** Answers each message. */
  static final class Asked extends Counting {
    Asked(Gate done) {
      super(done);
    }

    @Override
    void handle(Object message) {
      getSender().tell("answer to " + message, getSelf());
    }
  }

  /** Waits at each message until its gate is opened. */
  abstract static class Waiting extends Counting {
    private final Gate begun;
    private final Gate open;

    Waiting(Gate begun, Gate open, Gate done) {
      super(done);
      this.begun = begun;
      this.open = open;
    }

    @Override
    void handle(Object message) throws Exception {
      begun.pass();
      open.await();
      super.handle(message);
    }
  }

  /** Stops at its first message. */
  static final class Stopped extends Waiting {
    Stopped(Gate begun, Gate open, Gate done) {
      super(begun, open, done);
    }

    @Override
    void handle(Object message) throws Exception {
      super.handle(message);
      getContext().stop(getSelf());
    }
  }

  static final class Bounded extends Waiting {
    Bounded(Gate begun, Gate open, Gate done) {
      super(begun, open, done);
    }
  }

  static final class Busy extends Waiting {
    Busy(Gate begun, Gate open, Gate done) {
      super(begun, open, done);
    }
  }

  /** Puts messages aside until it gets {@code open}. */
  static final class Stashing extends AbstractActorWithStash {
    private final Gate done;

    Stashing(Gate done) {
      this.done = done;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .matchEquals(
              "open",
              open -> {
                unstashAll();
                getContext().become(receiveBuilder().matchAny(message -> done.pass()).build());
              })
          .matchAny(message -> stash())
          .build();
    }

    @Override
    public void postStop() {
      done.stopped();
    }
  }

  /** Puts all messages aside. */
  static final class Dropping extends AbstractActorWithStash {
    @Override
    public Receive createReceive() {
      return receiveBuilder().matchAny(message -> stash()).build();
    }
  }

  /** Watches the actors that it gets, and passes a gate when one has stopped. */
  static final class Watcher extends AbstractActor {
    private final Gate watching;
    private final Gate stopped;

    Watcher(Gate watching, Gate stopped) {
      this.watching = watching;
      this.stopped = stopped;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              ActorRef.class,
              actor -> {
                getContext().watch(actor);
                watching.pass();
              })
          .match(Terminated.class, terminated -> stopped.pass())
          .build();
    }
  }
}
