package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.function.LongSupplier;

/**
 * Finds the {@link ActorClass} of an actor. Thread-safe; keeps no actor and no class alive. A
 * look-up allocates nothing and takes no lock, except for the first actor of a class.
 *
 * <p>Actors are counted by their class, whose name is the queue's. Actors without a class of their
 * own are counted by their path ({@link ActorPaths}): all typed actors, and those whose props name
 * a type of the library. The library's own actors are left out.
 */
final class ActorTracker {
  private static final String PEKKO = "pekko";
  private static final String AKKA = "akka";

  /** How the names of Akka's classes begin. */
  static final String OF_AKKA = "akka.";

  private static final Accessor TYPE = Accessor.path("props().actorClass()");

  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;
  private final ActorPaths paths = new ActorPaths(this::make);

  /** Kept by the classes themselves, so that a class is not kept alive. */
  private final ClassValue<ActorType> types =
      new ClassValue<>() {
        @Override
        protected ActorType computeValue(Class<?> type) {
          return new ActorType(ActorType.kindOf(type));
        }
      };

  ActorTracker(Registry registry, LongSupplier nanoClock) {
    mailboxes = new Mailboxes(registry);
    this.nanoClock = nanoClock;
  }

  /**
   * Returns the class of an actor.
   *
   * @param cell the actor's cell; {@code null} in the mailbox of dead letters
   * @return {@code null} for an actor that is left out
   */
  ActorClass of(Object cell) {
    if (cell == null || !(TYPE.read(cell) instanceof Class<?> type)) {
      return null;
    }
    ActorType known = types.get(type);
    return switch (known.kind()) {
      case LIBRARY -> null;
      case NAMELESS -> paths.of(cell);
      case NAMED -> {
        ActorClass found = known.actorClass();
        yield found == null ? known.put(make(type.getName(), cell)) : found;
      }
    };
  }

  private ActorClass make(String name, Object cell) {
    ActorClass made = new ActorClass(mailboxes.of(name, systemOf(cell)), nanoClock);
    mailboxes.sample(made);
    return made;
  }

  private static String systemOf(Object object) {
    return object.getClass().getName().startsWith(OF_AKKA) ? AKKA : PEKKO;
  }

  /** An actor has stopped, and its mailbox is empty. */
  void stopped(Object cell) {
    paths.forget(cell);
  }

  /** The library publishes a dead letter that belongs to no actor which is known. */
  void deadLettered(Object deadLetters) {
    mailboxes.of(Mailboxes.UNKNOWN_QUEUE, systemOf(deadLetters)).recordDeadLettered(1);
  }

  /** Returns when an actor begins to handle a message; 0 if that is not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /** Returns how many actors without a class of their own are followed that are alive. */
  int size() {
    return paths.size();
  }
}
