package com.example.pekko;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.routing.BalancingPool;

/** Scenarios of classic actors. Each leaves no message behind, unless its comment says so. */
final class Scenarios {
  private static final int MANY = 100_000;
  private static final int ACTORS = 10_000;

  private final ActorSystem system;

  Scenarios(ActorSystem system) {
    this.system = system;
  }

  private static void tell(ActorRef actor, Object... messages) {
    for (Object message : messages) {
      actor.tell(message, ActorRef.noSender());
    }
  }

  /** Waits until all messages are handled, and stops the actors, which is no message. */
  private void stop(Gate done, ActorRef... actors) {
    done.await();
    for (ActorRef actor : actors) {
      system.stop(actor);
    }
    done.awaitStopped();
  }

  /** Five messages. */
  void plain() {
    Gate done = new Gate(5);
    ActorRef actor = system.actorOf(Props.create(Actors.Plain.class, () -> new Actors.Plain(done)));
    tell(actor, 1, 2, 3, 4, 5);
    stop(done, actor);
  }

  /** Two actors of a class, for three and for four messages. */
  void twins() {
    Gate done = new Gate(7, 2);
    Props props = Props.create(Actors.Twin.class, () -> new Actors.Twin(done));
    ActorRef first = system.actorOf(props);
    ActorRef second = system.actorOf(props);
    tell(first, 1, 2, 3);
    tell(second, 1, 2, 3, 4);
    stop(done, first, second);
  }

  /** The actor fails with the second of three messages, and is restarted. */
  void failing() {
    Gate done = new Gate(3);
    ActorRef actor =
        system.actorOf(Props.create(Actors.Failing.class, () -> new Actors.Failing(done)));
    tell(actor, 1, "fail", 3);
    stop(done, actor);
  }

  /** The actor stops while it handles the first of five messages. */
  void stopped() {
    Gate begun = new Gate(1);
    Gate open = new Gate(1);
    ActorRef actor =
        system.actorOf(
            Props.create(Actors.Stopped.class, () -> new Actors.Stopped(begun, open, new Gate(1))));
    Gate gone = watch(actor);
    tell(actor, 1, 2, 3, 4, 5);
    open.pass();
    gone.await();
  }

  private Gate watch(ActorRef actor) {
    Gate watching = new Gate(1);
    Gate stopped = new Gate(1);
    tell(
        system.actorOf(
            Props.create(Actors.Watcher.class, () -> new Actors.Watcher(watching, stopped))),
        actor);
    watching.await();
    return stopped;
  }

  /** The mailbox has room for two messages; five come while the actor handles another one. */
  void bounded() {
    Gate begun = new Gate(1);
    Gate open = new Gate(1);
    Gate done = new Gate(3);
    ActorRef actor =
        system.actorOf(
            Props.create(Actors.Bounded.class, () -> new Actors.Bounded(begun, open, done))
                .withMailbox("room-for-two"));
    tell(actor, 0);
    begun.await();
    tell(actor, 1, 2, 3, 4, 5);
    open.pass();
    stop(done, actor);
  }

  /** Three messages are put aside and handled after a fourth one. */
  void stashing() {
    Gate done = new Gate(3);
    ActorRef actor =
        system.actorOf(Props.create(Actors.Stashing.class, () -> new Actors.Stashing(done)));
    tell(actor, 1, 2, 3, "open");
    stop(done, actor);
  }

  /** The actor stops at the third message, and has put two aside. */
  void dropping() {
    ActorRef actor =
        system.actorOf(Props.create(Actors.Dropping.class, () -> new Actors.Dropping()));
    Gate gone = watch(actor);
    tell(actor, 1, 2, PoisonPill.getInstance());
    gone.await();
  }

  /** Six messages for two actors with one queue. */
  void balanced() {
    Gate done = new Gate(6, 2);
    Props props = Props.create(Actors.Balanced.class, () -> new Actors.Balanced(done));
    ActorRef pool = system.actorOf(new BalancingPool(2).props(props));
    tell(pool, 1, 2, 3, 4, 5, 6);
    stop(done, pool);
  }

  /** Three questions. */
  void asked() throws Exception {
    Gate done = new Gate(0);
    ActorRef actor = system.actorOf(Props.create(Actors.Asked.class, () -> new Actors.Asked(done)));
    for (int i = 0; i < 3; i++) {
      Patterns.ask(actor, i, Duration.ofSeconds(60))
          .toCompletableFuture()
          .get(90, TimeUnit.SECONDS);
    }
    stop(done, actor);
  }

  /**
   * Two messages to an actor that has stopped, one of the library that may be lost, and a question,
   * whose answer has nobody to go to.
   */
  void late() {
    Gate done = new Gate(1);
    ActorRef actor = system.actorOf(Props.create(Actors.Late.class, () -> new Actors.Late(done)));
    Gate gone = watch(actor);
    tell(actor, 1);
    done.await();
    system.stop(actor);
    gone.await();
    tell(actor, 2, 3, PoisonPill.getInstance(), new Identify(4));
  }

  /** A hundred thousand messages. */
  void many() {
    Gate done = new Gate(MANY);
    ActorRef actor = system.actorOf(Props.create(Actors.Many.class, () -> new Actors.Many(done)));
    for (int i = 0; i < MANY; i++) {
      tell(actor, i);
    }
    stop(done, actor);
  }

  /** Ten thousand actors, each for one message. */
  void churned() {
    Gate done = new Gate(ACTORS, ACTORS);
    for (int i = 0; i < ACTORS; i++) {
      ActorRef actor =
          system.actorOf(Props.create(Actors.Churned.class, () -> new Actors.Churned(done)));
      tell(actor, i, PoisonPill.getInstance());
    }
    done.awaitStopped();
  }

  /** The actor handles the first of eight messages until the process ends. */
  void busy() {
    Gate begun = new Gate(1);
    ActorRef actor =
        system.actorOf(
            Props.create(
                Actors.Busy.class, () -> new Actors.Busy(begun, new Gate(1), new Gate(1))));
    tell(actor, 1, 2, 3, 4, 5, 6, 7, 8);
    begun.await();
  }
}
