package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.AgentLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks all sources of a library for their levels, before each snapshot. Holds the sources weakly,
 * and {@value #MAX_SOURCES} of them at most; a queue about which no source knows anything any more
 * has no level. Sources may be added and ended on any thread; {@link #run} is called by one thread
 * at a time.
 */
final class Levels implements Runnable {
  private static final int MAX_SOURCES = 10_000;

  private final Set<Sampling> sources = ConcurrentHashMap.newKeySet();
  private LevelSample before = new LevelSample();

  Sampling add(LevelSource source) {
    Sampling sampling = new Sampling(source, sources);
    if (sources.size() >= MAX_SOURCES) {
      removeCollected();
    }
    if (sources.size() < MAX_SOURCES) {
      sources.add(sampling);
    }
    return sampling;
  }

  private void removeCollected() {
    for (Sampling sampling : sources) {
      if (sampling.refersTo(null)) {
        sources.remove(sampling);
      }
    }
  }

  /** Returns how many sources there are that were not collected. */
  int size() {
    removeCollected();
    return sources.size();
  }

  @Override
  public void run() {
    LevelSample sample = new LevelSample();
    for (Sampling sampling : sources) {
      LevelSource source = sampling.get();
      if (source == null) {
        sources.remove(sampling);
      } else {
        sample(source, sample);
      }
    }
    sample.record(System.currentTimeMillis(), before);
    before = sample;
  }

  /** A source that fails loses its own levels only. */
  private static void sample(LevelSource source, LevelSample into) {
    try {
      source.sample(into);
    } catch (RuntimeException | Error fault) {
      AgentLog.debug("the levels of a mailbox could not be sampled: " + fault, fault);
    }
  }
}
