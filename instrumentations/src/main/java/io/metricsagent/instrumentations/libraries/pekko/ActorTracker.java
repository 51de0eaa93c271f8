package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final int MAX_STASHES = 100_000;

  /** How the names of Akka's classes begin. */
  static final String OF_AKKA = "akka.";

  private static final Accessor TYPE = Accessor.path("props().actorClass()");

  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;
  private final ActorPaths paths = new ActorPaths(this::make);

  /** By library: the name of the system. */
  private final Map<String, LateMessages> late = new ConcurrentHashMap<>(2);

  /** By the library's {@code StashBuffer}. */
  private final WeakMap<Object, TypedStash> stashes = new WeakMap<>(MAX_STASHES);

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

  /**
   * Returns the class of an actor that was met, or {@code null}; makes none, and is quicker than
   * {@link #of} where there is none.
   */
  ActorClass known(Object cell) {
    if (cell == null || !(TYPE.read(cell) instanceof Class<?> type)) {
      return null;
    }
    ActorType known = types.get(type);
    return known.kind() == ActorType.Kind.NAMELESS ? paths.known(cell) : known.actorClass();
  }

  /**
   * Returns the class of an actor that has stopped, or {@code null}; makes none, since nobody gets
   * a message there any more.
   */
  ActorClass ofStopped(Object cell) {
    return isNameless(cell) ? paths.ofStopped(cell) : known(cell);
  }

  /** Returns whether an actor is counted by its path. */
  boolean isNameless(Object cell) {
    return cell != null
        && TYPE.read(cell) instanceof Class<?> type
        && types.get(type).kind() == ActorType.Kind.NAMELESS;
  }

  /** Returns whether a message to a stopped actor which has no class here is a dead letter. */
  boolean mayBeLate(Object cell) {
    return isNameless(cell) && !ActorPaths.leavesOut(cell);
  }

  /** A message was put into the closed mailbox of an actor which has no class here. */
  void late(Object mailbox) {
    String system = systemOf(mailbox);
    LateMessages known = late.get(system);
    if (known == null) {
      LateMessages made = new LateMessages(mailboxes.of(Mailboxes.UNKNOWN_QUEUE, system));
      known = late.putIfAbsent(system, made);
      if (known == null) {
        known = made;
        mailboxes.sample(made);
      }
    }
    known.putInto(mailbox);
  }

  /** Returns what is in a buffer of a typed actor; {@code null} if nothing was put there. */
  TypedStash stash(Object buffer) {
    return stashes.isEmpty() ? null : stashes.get(buffer);
  }

  /** Returns what is in a buffer of a typed actor, into which a message was put. */
  TypedStash stash(Object buffer, ActorClass actors) {
    TypedStash known = stash(buffer);
    if (known != null) {
      return known;
    }
    TypedStash made = new TypedStash(buffer, actors, nanoClock);
    stashes.put(buffer, made);
    mailboxes.sample(made);
    return made;
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
