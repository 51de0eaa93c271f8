package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.WeakTable;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The actors that have no class of their own, by their paths. A name with a number, or one that the
 * library made, is one of many: {@code /user/session-17} is {@code /user/session-*}, and {@code
 * /user/orders/$a} is {@code /user/orders/*}. The library's own actors, below {@code /system}, are
 * left out, but not the entities of its shards. Thread-safe.
 *
 * <p><b>Bound:</b> {@value #MAX_NAMES} names at most; further ones share one. The names of {@value
 * #MAX_ACTORS} living actors are known at most; that of a further one is made anew for each
 * message.
 */
final class ActorPaths {
  private static final int MAX_NAMES = 100;
  private static final int MAX_ACTORS = 1 << 16;
  private static final String OTHER = "_other";
  private static final String SYSTEM = "/system";
  private static final String SHARDS = "/system/sharding/";
  private static final Accessor PATH = Accessor.path("self().path().toStringWithoutAddress()");

  /** An actor that was met. */
  private static final class Known extends WeakReference<Object> {
    /** {@code null} if the actor is left out. */
    private final ActorClass actorClass;

    Known(Object cell, ActorClass actorClass) {
      super(cell);
      this.actorClass = actorClass;
    }
  }

  private final BiFunction<String, Object, ActorClass> maker;
  private final Map<String, ActorClass> byName = new ConcurrentHashMap<>();

  /** Made for the first actor, because most applications have classes or paths, and not both. */
  private volatile WeakTable<Object, Known> actors;

  /**
   * Makes an empty table.
   *
   * @param maker makes the state for a name and the first actor that has it
   */
  ActorPaths(BiFunction<String, Object, ActorClass> maker) {
    this.maker = maker;
  }

  /** Returns the state of an actor; {@code null} if the actor is left out. */
  ActorClass of(Object cell) {
    WeakTable<Object, Known> table = actors;
    Known known = table == null ? null : table.get(cell);
    return known == null ? add(cell) : known.actorClass;
  }

  /** Returns the state of an actor that was met; {@code null} if it was not, or is left out. */
  ActorClass known(Object cell) {
    WeakTable<Object, Known> table = actors;
    Known known = table == null ? null : table.get(cell);
    return known == null ? null : known.actorClass;
  }

  /** Returns the state of an actor that has stopped, and makes none. */
  ActorClass ofStopped(Object cell) {
    ActorClass known = known(cell);
    String path = known == null ? PATH.readString(cell) : null;
    return path == null || isLeftOut(path) ? known : byName.get(template(path));
  }

  /** Returns whether an actor is left out. */
  static boolean leavesOut(Object cell) {
    String path = PATH.readString(cell);
    return path == null || isLeftOut(path);
  }

  private ActorClass add(Object cell) {
    ActorClass found = byPath(cell);
    table().putIfAbsent(cell, new Known(cell, found));
    return found;
  }

  private ActorClass byPath(Object cell) {
    String path = PATH.readString(cell);
    if (path == null || isLeftOut(path)) {
      return null;
    }
    String name = template(path);
    ActorClass found = byName.get(name);
    return found == null ? make(name, cell) : found;
  }

  private synchronized ActorClass make(String name, Object cell) {
    String bounded = byName.containsKey(name) || byName.size() < MAX_NAMES ? name : OTHER;
    ActorClass found = byName.get(bounded);
    if (found == null) {
      found = maker.apply(bounded, cell);
      byName.put(bounded, found);
    }
    return found;
  }

  private synchronized WeakTable<Object, Known> table() {
    if (actors == null) {
      actors = new WeakTable<>(MAX_ACTORS);
    }
    return actors;
  }

  private static boolean isLeftOut(String path) {
    return path.startsWith(SYSTEM) && !path.startsWith(SHARDS);
  }

  /** Returns a path with a star for each part that is different for each of many actors. */
  static String template(String path) {
    StringBuilder name = new StringBuilder(path.length());
    boolean skips = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean begins = i > 0 && path.charAt(i - 1) == '/';
      if (c == '/') {
        skips = false;
      } else if (!skips && (Character.isDigit(c) || begins && c == '$')) {
        skips = true;
        name.append('*');
      }
      if (!skips) {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** Forgets an actor that has stopped. */
  void forget(Object cell) {
    WeakTable<Object, Known> table = actors;
    Known known = table == null ? null : table.get(cell);
    if (known != null) {
      known.clear();
    }
  }

  /** Returns how many actors are here that are alive. */
  int size() {
    WeakTable<Object, Known> table = actors;
    return table == null ? 0 : table.size();
  }
}
