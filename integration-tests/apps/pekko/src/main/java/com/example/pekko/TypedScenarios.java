package com.example.pekko;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Scenarios of typed actors, all of which have one class. */
final class TypedScenarios {
  private static final int ACTORS = 10_000;

  private final ActorSystem system;

  TypedScenarios(ActorSystem system) {
    this.system = system;
  }

  private static Behavior<String> counting(Gate done) {
    return Behaviors.receive(String.class)
        .onMessage(String.class, message -> handle(message, done))
        .onSignal(PostStop.class, signal -> stopped(done))
        .build();
  }

  private static Behavior<String> handle(String message, Gate done) {
    done.pass();
    if (message.equals("fail")) {
      throw new IllegalStateException("asked to fail");
    }
    return message.equals("stop") ? Behaviors.stopped() : Behaviors.same();
  }

  private static Behavior<String> stopped(Gate done) {
    done.stopped();
    return Behaviors.same();
  }

  private static void tell(ActorRef<String> actor, String... messages) {
    for (String message : messages) {
      actor.tell(message);
    }
  }

  /** Three messages. */
  void orders() {
    Gate done = new Gate(3);
    tell(Adapter.spawn(system, counting(done), "orders"), "1", "2", "stop");
    done.awaitStopped();
  }

  /** The actor fails with the second of three messages; its supervisor restarts it. */
  void supervised() {
    Gate done = new Gate(3);
    Behavior<String> supervised =
        Behaviors.supervise(counting(done)).onFailure(SupervisorStrategy.restart());
    tell(Adapter.spawn(system, supervised, "supervised"), "1", "fail", "stop");
    done.awaitStopped();
  }

  /** The actor fails with its second message, and stops. */
  void unsupervised() {
    Gate done = new Gate(2);
    tell(Adapter.spawn(system, counting(done), "unsupervised"), "1", "fail");
    done.awaitStopped();
  }

  /** Puts messages aside until it gets {@code open}, and then handles them. */
  private static Behavior<String> closed(Gate done) {
    return Behaviors.withStash(
        10,
        stash ->
            Behaviors.receive(String.class)
                .onMessageEquals("open", () -> stash.unstashAll(counting(done)))
                .onMessage(
                    String.class,
                    message -> {
                      stash.stash(message);
                      return Behaviors.same();
                    })
                .onSignal(PostStop.class, signal -> stopped(done))
                .build());
  }

  /** Two messages are put aside and handled after a third one; the actor stops with a fourth. */
  void stashing() {
    Gate done = new Gate(3);
    tell(Adapter.spawn(system, closed(done), "stashing"), "1", "2", "open", "stop");
    done.awaitStopped();
  }

  /** Four messages are put aside; the actor stops with the second of them. */
  void stashingAndStopping() {
    Gate done = new Gate(2);
    tell(Adapter.spawn(system, closed(done), "stopping"), "1", "stop", "3", "4", "open");
    done.awaitStopped();
  }

  /** Two messages are put aside; the actor fails with the second one, and stops. */
  void stashingAndFailing() {
    Gate done = new Gate(2);
    tell(Adapter.spawn(system, closed(done), "failing"), "1", "fail", "open");
    done.awaitStopped();
  }

  /** Ten thousand actors, each for one message, with which it stops. */
  void sessions() {
    Gate done = new Gate(ACTORS, ACTORS);
    for (int i = 0; i < ACTORS; i++) {
      tell(Adapter.spawn(system, counting(done), "session-" + i), "stop");
    }
    done.awaitStopped();
  }
}
