package io.metricsagent.instrumentations.libraries.pekko;

import java.lang.reflect.Modifier;

/** What is known of the class that the props of an actor name. Thread-safe. */
final class ActorType {
  private static final String OF_PEKKO = "org.apache.pekko.";

  /** The class of all typed actors, without the library's name for its root package. */
  private static final String TYPED = "actor.typed.internal.adapter.ActorAdapter";

  enum Kind {
    /** A class of the application, whose name is the queue's. */
    NAMED,
    /** A type that says nothing about the actor, such as that of all typed actors. */
    NAMELESS,
    /** A class of the library, such as those of streams, logging and remoting. */
    LIBRARY
  }

  private final Kind kind;

  /** {@code null} before the first message. */
  private volatile ActorClass actorClass;

  ActorType(Kind kind) {
    this.kind = kind;
  }

  static Kind kindOf(Class<?> type) {
    String name = type.getName();
    int root = name.startsWith(OF_PEKKO) ? OF_PEKKO.length() : 0;
    if (root == 0 && name.startsWith(ActorTracker.OF_AKKA)) {
      root = ActorTracker.OF_AKKA.length();
    }
    if (root == 0) {
      return Kind.NAMED;
    }
    // A producer of the application may name no more than the interface of all actors.
    return Modifier.isAbstract(type.getModifiers()) || name.startsWith(TYPED, root)
        ? Kind.NAMELESS
        : Kind.LIBRARY;
  }

  Kind kind() {
    return kind;
  }

  /** Returns the state of {@link Kind#NAMED}, or {@code null}. */
  ActorClass actorClass() {
    return actorClass;
  }

  /** Puts the state of {@link Kind#NAMED} here unless there is one; returns the one that is. */
  synchronized ActorClass put(ActorClass made) {
    if (actorClass == null) {
      actorClass = made;
    }
    return actorClass;
  }
}
