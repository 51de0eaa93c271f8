package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.files.JsonLines;
import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** Sessions that are put together from signals. Not thread-safe. */
public final class Sessions {
  private final Map<String, SessionSignals> byKey = new HashMap<>();
  private final SignalParser parser = new SignalParser();
  private final Signal signal = new Signal();
  private final Excuses excuses;

  /** Makes an empty collection. */
  public Sessions(Excuses excuses) {
    this.excuses = excuses;
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

  private boolean line(byte[] bytes, int begin, int end) {
    if (!parser.parse(bytes, begin, end, signal)) {
      return false;
    }
    byKey.computeIfAbsent(signal.sessionKey(), SessionSignals::new).add(signal, excuses);
    return true;
  }

  /** Returns what is known of each session, in the order of the keys' code points. */
  public List<SessionFacts> facts() {
    List<SessionFacts> facts = new ArrayList<>(byKey.size());
    for (SessionSignals session : byKey.values()) {
      facts.add(session.facts());
    }
    facts.sort((first, second) -> SessionKey.ORDER.compare(first.key(), second.key()));
    return facts;
  }

  /**
   * Returns the sessions as rollups: each in the hour in which it began, and each report of its
   * state in the report's own hour.
   *
   * @param worker the worker of all sessions, or {@code null}
   */
  public Rollups rollups(String worker) {
    Rollups rollups = new Rollups();
    Set<String> streams = new HashSet<>();
    for (SessionFacts facts : inOrderOfTime()) {
      RollupKey key =
          new RollupKey(
              RollupKey.hourOf(facts.startMs()), facts.provider(), facts.model(), worker, null);
      facts.addTo(rollups.at(key));
      SessionSignals session = byKey.get(facts.key());
      if (session.stream() != null && streams.add(session.stream())) {
        rollups.at(key).count(Counter.STREAMS);
      }
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
    return rollups;
  }

  /** Returns the sessions with the earliest first, because a stream counts with its first one. */
  private List<SessionFacts> inOrderOfTime() {
    List<SessionFacts> facts = facts();
    facts.sort((first, second) -> Long.compare(first.startMs(), second.startMs()));
    return facts;
  }
}
