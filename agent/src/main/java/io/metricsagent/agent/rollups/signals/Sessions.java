package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.files.ExternalSort;
import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Sessions that are put together from signals in any order. The signals are sorted by session, in
 * temporary files if need be, so the memory holds one session at a time. Not thread-safe.
 */
public final class Sessions implements Closeable {
  private final ExternalSort signals;
  private final SignalParser parser = new SignalParser();
  private final Signal signal = new Signal();
  private final Excuses excuses;

  /** Makes an empty collection. */
  public Sessions(Excuses excuses) {
    this(excuses, new ExternalSort());
  }

  /**
   * Makes an empty collection.
   *
   * @param signals has no records; it is closed with the collection
   */
  Sessions(Excuses excuses, ExternalSort signals) {
    this.excuses = excuses;
    this.signals = signals;
  }

  /**
   * Adds the signals of a file.
   *
   * @param progress is told how many bytes have been read
   * @return the lines that are no signals
   */
  public SkippedLines read(InputStream in, LongConsumer progress) throws IOException {
    return JsonLines.read(in, this::line, progress);
  }

  private boolean line(byte[] bytes, int begin, int end) throws IOException {
    if (!parser.parse(bytes, begin, end, signal)) {
      return false;
    }
    signals.add(SessionKey.sortable(signal.sessionKey()), Arrays.copyOfRange(bytes, begin, end));
    return true;
  }

  /**
   * Tells what is known of each session, in the order of the keys' code points. This may be asked
   * for several times.
   */
  public void forEach(Consumer<SessionFacts> action) throws IOException {
    forEachSession(session -> action.accept(session.facts()));
  }

  private void forEachSession(Consumer<SessionSignals> action) throws IOException {
    SessionSignals session = null;
    byte[] key = null;
    try (ExternalSort.Cursor sorted = signals.read()) {
      for (ExternalSort.Entry one = sorted.next(); one != null; one = sorted.next()) {
        parser.parse(one.value(), 0, one.value().length, signal);
        if (session == null || !Arrays.equals(one.key(), key)) {
          if (session != null) {
            action.accept(session);
          }
          key = one.key();
          session = new SessionSignals(signal.sessionKey());
        }
        session.add(signal, excuses);
      }
    }
    if (session != null) {
      action.accept(session);
    }
  }

  /**
   * Returns the sessions as rollups: each in the hour in which it began, and each report of its
   * state in the report's own hour.
   *
   * @param worker the worker of all sessions, or {@code null}
   */
  public Rollups rollups(String worker) throws IOException {
    Rollups rollups = new Rollups();
    Streams streams = new Streams(rollups);
    forEachSession(session -> add(session, worker, rollups, streams));
    streams.close();
    return rollups;
  }

  private static void add(SessionSignals session, String worker, Rollups rollups, Streams streams) {
    SessionFacts facts = session.facts();
    RollupKey key =
        new RollupKey(
            RollupKey.hourOf(facts.startMs()), facts.provider(), facts.model(), worker, null);
    facts.addTo(rollups.at(key));
    streams.add(session.stream(), facts, key);
    if (session.samples() != null) {
      session
          .samples()
          .forEach(
              (group, samples) ->
                  rollups
                      .at(
                          new RollupKey(
                              group.hour(),
                              group.provider() == null ? facts.provider() : group.provider(),
                              group.model() == null ? facts.model() : group.model(),
                              worker,
                              null))
                      .addAll(samples));
    }
  }

  /** Forgets all signals and deletes the temporary files. */
  @Override
  public void close() throws IOException {
    signals.close();
  }
}
