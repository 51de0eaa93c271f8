package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Tells which messages to {@code /deadLetters} the library publishes as dead letters. Others are
 * questions that get an answer, or messages of which it says that their loss means nothing, such as
 * those by which actors watch each other. Thread-safe; keeps no class alive.
 */
final class DeadLetters {
  private static final String WRAPPER = ".actor.DeadLetter";
  private static final String SELECTION = ".actor.ActorSelectionMessage";
  private static final String QUESTION = ".actor.Identify";
  private static final String SUPPRESSED = ".actor.DeadLetterSuppression";
  private static final Accessor MESSAGE = Accessor.path("message()");
  private static final Accessor SELECTED = Accessor.path("msg()");

  private enum Kind {
    ORDINARY,
    WRAPPER,
    SELECTION,
    NONE
  }

  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return kindOf(type);
        }
      };

  private DeadLetters() {}

  /** Returns whether a message is published as a dead letter, which may be one already. */
  static boolean isOne(Object message) {
    Object inner = message;
    for (int layer = 0; layer < 3 && inner != null; layer++) {
      switch (KINDS.get(inner.getClass())) {
        case ORDINARY -> {
          return true;
        }
        case NONE -> {
          return false;
        }
        case WRAPPER -> inner = MESSAGE.read(inner);
        case SELECTION -> inner = SELECTED.read(inner);
      }
    }
    return false;
  }

  private static Kind kindOf(Class<?> type) {
    if (isOfLibrary(type, WRAPPER)) {
      return Kind.WRAPPER;
    }
    if (isOfLibrary(type, SELECTION)) {
      return Kind.SELECTION;
    }
    if (isOfLibrary(type, QUESTION)) {
      return Kind.NONE;
    }
    Queue<Class<?>> open = new ArrayDeque<>();
    open.add(type);
    while (!open.isEmpty()) {
      Class<?> next = open.remove();
      if (isOfLibrary(next, SUPPRESSED)) {
        return Kind.NONE;
      }
      if (next.getSuperclass() != null) {
        open.add(next.getSuperclass());
      }
      open.addAll(List.of(next.getInterfaces()));
    }
    return Kind.ORDINARY;
  }

  private static boolean isOfLibrary(Class<?> type, String name) {
    return type.getName().equals("org.apache.pekko".concat(name))
        || type.getName().equals("akka".concat(name));
  }
}
