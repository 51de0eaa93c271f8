package io.metricsagent.instrumentations.events;

import io.metricsagent.instrumentations.context.ContextField;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A run: the outermost call of an AI service, agent or graph, with everything that happens in it;
 * or the process, for what happens outside of all others. {@link EventStream#newRun} makes them.
 *
 * <p>Thread-safe. A run may be read after its end.
 */
public final class Run {
  /** The error type of what the application stopped before its end. */
  public static final String CANCELLED = "cancelled";

  /** The error type of runs that were under way when the JVM ended. */
  public static final String INTERRUPTED = "interrupted";

  /** The scenario of the run of the process, unless the user has named it. */
  public static final String PROCESS = "process";

  /** How many different values an application may set in one run; further ones are ignored. */
  static final int MAX_VALUES = 100;

  private final String scenario;
  private final long startNanos;
  private final long startEpochMillis;
  private final boolean process;
  private final boolean sampled;
  private volatile String id;
  private volatile String conversation;
  private volatile long firstIterationNanos = CallEvent.UNKNOWN;
  private volatile Map<String, Double> values;
  private volatile Map<ContextField, String> said;
  private volatile Ending ending;

  /** Whether the consumers have been told of the end; used by their thread. */
  private boolean endTold;

  /**
   * How a run ended.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param errorType {@code error.type}, {@link #CANCELLED} or {@link #INTERRUPTED}; {@code null}
   *     after a success
   * @param thrown the exception, or {@code null}
   * @param content the result, or {@code null} unless content is on
   */
  record Ending(long nanos, String errorType, Throwable thrown, Object content) {}

  Run(
      String scenario,
      String conversation,
      long startNanos,
      long startEpochMillis,
      boolean process,
      boolean sampled) {
    this.scenario = scenario;
    this.conversation = conversation;
    this.startNanos = startNanos;
    this.startEpochMillis = startEpochMillis;
    this.process = process;
    this.sampled = sampled;
  }

  /**
   * Returns the id: the library's own id of the invocation if it has one, else a UUID with dashes
   * that is made when somebody first asks.
   */
  public String id() {
    if (id == null) {
      synchronized (this) {
        if (id == null) {
          id = UUID.randomUUID().toString();
        }
      }
    }
    return id;
  }

  /** Sets the id, unless it is known already. */
  public void identify(String newId) {
    if (id == null) {
      synchronized (this) {
        if (id == null) {
          id = newId;
        }
      }
    }
  }

  /** Returns what was run: {@code Assistant.chat}, or the name that the user has set. */
  public String scenario() {
    return scenario;
  }

  /**
   * Returns the library's id of the conversation that the run is part of (memory id, conversation
   * id, session id), or {@code null}.
   */
  public String conversation() {
    return conversation;
  }

  /** Sets the conversation, unless it is known already; {@code null} changes nothing. */
  public void isPartOf(String newConversation) {
    if (conversation == null && newConversation != null) {
      conversation = newConversation;
    }
  }

  /**
   * Notes what the application says that the run is for, unless that is known already; {@code null}
   * changes nothing.
   */
  public void says(ContextField field, String value) {
    if (value == null) {
      return;
    }
    switch (field) {
      case RUN_ID -> identify(value);
      case SESSION_ID -> isPartOf(value);
      default -> note(field, value);
    }
  }

  private synchronized void note(ContextField field, String value) {
    Map<ContextField, String> more = new EnumMap<>(ContextField.class);
    if (said != null) {
      more.putAll(said);
    }
    more.putIfAbsent(field, value);
    said = more;
  }

  /**
   * Returns what was said that the run is for, but for the ids of run and conversation, which are
   * the run's own. The map must not be changed.
   */
  public Map<ContextField, String> said() {
    Map<ContextField, String> known = said;
    return known == null ? Map.of() : known;
  }

  /** Returns when the run began, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns when the run began, in milliseconds since 1970. */
  public long startEpochMillis() {
    return startEpochMillis;
  }

  /** Returns whether this is the run of the process, for what happens outside of all others. */
  public boolean isProcess() {
    return process;
  }

  /**
   * Returns whether the run is among those whose calls are kept. Decided once, when the run begins;
   * alike for all runs of a conversation that is known by then.
   */
  public boolean isSampled() {
    return sampled;
  }

  /** The first piece, or the end of the first request, has come at {@code nanos}. */
  public void iterated(long nanos) {
    if (firstIterationNanos == CallEvent.UNKNOWN) {
      synchronized (this) {
        if (firstIterationNanos == CallEvent.UNKNOWN) {
          firstIterationNanos = Math.max(0, nanos - startNanos);
        }
      }
    }
  }

  /**
   * Returns the time from the beginning to the first piece of the first request, or to the end of
   * the first request if it is not streamed, in nanoseconds; {@link CallEvent#UNKNOWN} if there was
   * none.
   */
  public long firstIterationNanos() {
    return firstIterationNanos;
  }

  /** Sets a value of the application's, {@code run.metric}; a later value replaces it. */
  public void set(String name, double value) {
    Map<String, Double> map = values;
    if (map == null) {
      synchronized (this) {
        map = values;
        if (map == null) {
          map = new ConcurrentHashMap<>();
          values = map;
        }
      }
    }
    if (map.size() < MAX_VALUES || map.containsKey(name)) {
      map.put(name, value);
    }
  }

  /** Returns the values that the application has set, by name. */
  public Map<String, Double> values() {
    Map<String, Double> map = values;
    return map == null ? Map.of() : Map.copyOf(map);
  }

  /** Ends the run; returns whether it had not ended before. */
  boolean end(Ending newEnding) {
    if (ending == null) {
      synchronized (this) {
        if (ending == null) {
          ending = newEnding;
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether the run has ended. */
  public boolean hasEnded() {
    return ending != null;
  }

  /** Notes that the consumers are told of the end; returns whether they had not been told. */
  boolean tellEnd() {
    boolean first = !endTold;
    endTold = true;
    return first;
  }

  Ending ending() {
    return ending;
  }
}
