package io.metricsagent.agent.rollups.record;

import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import io.metricsagent.agent.rollups.signals.Excuses;
import io.metricsagent.agent.rollups.signals.SessionFacts;
import io.metricsagent.agent.rollups.signals.SessionKey;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.EventConsumer;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.events.Run;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Keeps session metrics by the hour. A session is a run in which a model was called, or one request
 * outside of every run, or several for which the application says the same id of a request; it
 * counts when it is over. Sessions of such an id have no end of their own: they are over when they
 * were quiet for a minute, or when there is no room for others.
 *
 * <p>What is new is written at each flush, at the end of an hour and at the end of the JVM. If that
 * fails, it waits for the next flush. The numbers of sessions, keys and conversations are bounded:
 * further sessions are not kept, which is logged, and further keys share {@code _other}. Used by
 * one thread.
 */
public final class RollupRecorder implements EventConsumer {
  static final int MAX_SESSIONS = 10_000;
  private static final int MAX_CONVERSATIONS = 10_000;
  private static final int MAX_CAUSES = 8;
  private static final long ABANDONED_MILLIS = 600_000;
  private static final long QUIET_MILLIS = 60_000;
  private static final String OTHER = "_other";

  private final RollupOptions options;
  private final Excuses excuses;
  private final RollupLog log;
  private final Map<Object, LiveSession> sessions = new HashMap<>();

  /** The keys of the sessions of ids that were said, by the numbers of requests under way. */
  private final Map<Long, String> said = new HashMap<>();

  private final Set<String> conversations = new HashSet<>();
  private final Rollups unwritten = new Rollups();
  private long flushedMillis = Long.MIN_VALUE;
  private long lost;
  private boolean told;

  /** Makes a recorder, which touches no file before the first flush. */
  public RollupRecorder(RollupOptions options) {
    this.options = options;
    excuses = new Excuses(options.excuses());
    log = new RollupLog(options.folder(), options.worker(), new RollupExpiry(options));
  }

  @Override
  public void accept(CallEvent event) {
    switch (event.kind()) {
      case REQUEST_BEGAN, FIRST_PIECE, OUTPUT, REQUEST_ENDED -> request(event);
      case RUN_ENDED -> runEnded(event);
      default -> {
        // Attempts and tools say nothing about the start of a session.
      }
    }
  }

  private void request(CallEvent event) {
    Object id = event.run().isProcess() ? ofNoRun(event) : event.run();
    LiveSession session = sessions.get(id);
    if (session == null) {
      if (sessions.size() >= MAX_SESSIONS) {
        finishQuiet(Long.MAX_VALUE);
      }
      if (sessions.size() >= MAX_SESSIONS) {
        lost += event.kind() == EventKind.REQUEST_ENDED ? 1 : 0;
        return;
      }
      session = begin(event, id);
    }
    LiveRequest request = session.request(event);
    switch (event.kind()) {
      case FIRST_PIECE -> session.pieces(request, 1, event.nanos(), options.successPieces());
      case OUTPUT -> {
        session.pieces(request, event.pieces(), event.nanos(), options.successPieces());
        request.samples().add(event.epochMillis(), event.pieces(), event.durationNanos());
      }
      case REQUEST_ENDED -> {
        requestEnded(event, session, request);
        finishIfOver(id, session);
      }
      default -> {
        // The beginning says no more than that there is a request.
      }
    }
  }

  /** Returns what identifies the session of a request outside of every run. */
  private Object ofNoRun(CallEvent event) {
    if (event.kind() == EventKind.REQUEST_BEGAN
        && event.requestId() != null
        && said.size() < MAX_SESSIONS) {
      said.put(event.operation(), SessionKey.of(null, event.requestId(), null));
    }
    String key =
        event.kind() == EventKind.REQUEST_ENDED
            ? said.remove(event.operation())
            : said.get(event.operation());
    return key == null ? (Object) event.operation() : key;
  }

  private LiveSession begin(CallEvent event, Object id) {
    Run run = event.run();
    long startMillis = run.isProcess() ? event.epochMillis() : run.startEpochMillis();
    LiveSession session = new LiveSession(startMillis, new LiveSwaps(options.swapModels()));
    sessions.put(id, session);
    if (id instanceof Long) {
      session.end(); // with its only request
    }
    return session;
  }

  private void requestEnded(CallEvent event, LiveSession session, LiveRequest request) {
    if (event.errorType() == null) {
      session.answered(event);
    } else {
      boolean capacity = event.failed() && event.throttled();
      session.failed(capacity || event.cancelled() || isExcused(event), capacity);
    }
    session.ended(event, request);
    if (request.hasSamples()) {
      request
          .samples()
          .forEach(
              event.outputTokens(),
              event.pieces(),
              (hour, rate) -> {
                Rollup rollup = at(hour, session);
                rollup.count(Counter.STATUS_SAMPLES);
                rollup.distribution(Quantity.OUTPUT_RATE).add(rate);
              });
    }
  }

  /** A message may quote a prompt, so it is compared and not kept. */
  private boolean isExcused(CallEvent event) {
    Throwable cause = event.thrown();
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (excuses.excuse(cause.getMessage())) {
        return true;
      }
      cause = cause.getCause();
    }
    return excuses.excuse(event.errorType());
  }

  private void runEnded(CallEvent event) {
    LiveSession session = sessions.get(event.run());
    if (session == null) {
      return; // no model was called
    }
    if (event.cancelled() && !session.hasErrors()) {
      session.failed(true, false);
    }
    session.end();
    finishIfOver(event.run(), session);
  }

  private void finishIfOver(Object id, LiveSession session) {
    if (session.isOver()) {
      sessions.remove(id);
      finish(id, session);
    }
  }

  private void finish(Object id, LiveSession session) {
    SessionFacts facts = session.facts();
    Rollup rollup = at(RollupKey.hourOf(facts.startMs()), session);
    facts.addTo(rollup);
    // An application knows whom it asked, also if nobody served it.
    rollup.add(Counter.MISSING_CAPACITY, session.missedCapacity() ? 1 : 0);
    rollup.add(Counter.STREAMS, isNewStream(id) ? 1 : 0);
  }

  /** A conversation counts with its first run; all other sessions are streams of their own. */
  private boolean isNewStream(Object id) {
    String conversation = id instanceof Run run ? run.conversation() : null;
    if (conversations.size() >= MAX_CONVERSATIONS) {
      conversations.clear();
    }
    return conversation == null || conversations.add(conversation);
  }

  private Rollup at(long hour, LiveSession session) {
    String experiment = session.experiment() == null ? options.experiment() : session.experiment();
    RollupKey key =
        new RollupKey(hour, session.provider(), session.model(), options.worker(), experiment);
    boolean full = unwritten.cells().size() >= options.maxKeys();
    return unwritten.at(
        full && !unwritten.cells().containsKey(key)
            ? new RollupKey(hour, OTHER, OTHER, options.worker(), options.experiment())
            : key);
  }

  @Override
  public void tick(long epochMillis) {
    finishAbandoned(epochMillis - ABANDONED_MILLIS);
    finishQuiet(epochMillis - QUIET_MILLIS);
    boolean first = flushedMillis == Long.MIN_VALUE;
    boolean newHour = !first && RollupKey.hourOf(epochMillis) != RollupKey.hourOf(flushedMillis);
    if (first) {
      flushedMillis = epochMillis;
    } else if (newHour || Math.abs(epochMillis - flushedMillis) >= options.flushMillis()) {
      flushedMillis = epochMillis;
      flush();
    }
  }

  /**
   * Finishes sessions of which nothing was heard for long: those whose run has ended, and if there
   * are too many, those whose run never ended.
   */
  private void finishAbandoned(long sinceMillis) {
    boolean full = sessions.size() >= MAX_SESSIONS;
    Iterator<Map.Entry<Object, LiveSession>> all = sessions.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Object, LiveSession> session = all.next();
      Object id = session.getKey();
      // A request outside of every run may last long; its end is always told.
      boolean mayBeLost = id instanceof Run run ? full || run.hasEnded() : id instanceof String;
      if (mayBeLost && session.getValue().lastMillis() < sinceMillis) {
        all.remove();
        finish(id, session.getValue());
      }
    }
    said.values().retainAll(sessions.keySet());
  }

  /** Finishes the sessions of ids that were said, if no request of them is under way. */
  private void finishQuiet(long sinceMillis) {
    Iterator<Map.Entry<Object, LiveSession>> all = sessions.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Object, LiveSession> entry = all.next();
      LiveSession session = entry.getValue();
      if (entry.getKey() instanceof String
          && session.isQuiet()
          && session.lastMillis() < sinceMillis) {
        all.remove();
        finish(entry.getKey(), session);
      }
    }
  }

  private void flush() {
    if (unwritten.cells().isEmpty()) {
      return;
    }
    try {
      log.append(unwritten);
      told = false;
    } catch (IOException | SecurityException e) {
      if (!told) {
        told = true;
        AgentLog.warn(
            options.folder()
                + ": session metrics cannot be written: "
                + e.getMessage()
                + "; make the folder writable. They wait for the next flush");
      }
    }
  }

  @Override
  public void close() {
    for (Map.Entry<Object, LiveSession> session : sessions.entrySet()) {
      finish(session.getKey(), session.getValue());
    }
    sessions.clear();
    flush();
    if (lost > 0) {
      AgentLog.warn(
          "the session metrics lack "
              + Counts.of(lost, "request")
              + ", because more than "
              + MAX_SESSIONS
              + " sessions were open");
    }
  }
}
