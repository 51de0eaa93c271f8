package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.AgentLog;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks all sources of a library for their levels, before each snapshot. Holds the sources weakly,
 * and {@value #MAX_SOURCES} of them at most; a queue about which no source knows anything any more
 * has no level. Sources may be added on any thread; {@link #run} is called by one thread at a time.
 */
final class Levels implements Runnable {
  private static final int MAX_SOURCES = 10_000;

  private final Queue<WeakReference<LevelSource>> sources = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private LevelSample before = new LevelSample();

  void add(LevelSource source) {
    if (size.get() >= MAX_SOURCES) {
      removeCollected();
    }
    if (size.get() < MAX_SOURCES) {
      size.incrementAndGet();
      sources.add(new WeakReference<>(source));
    }
  }

  private void removeCollected() {
    for (Iterator<WeakReference<LevelSource>> i = sources.iterator(); i.hasNext(); ) {
      if (i.next().refersTo(null)) {
        i.remove();
        size.decrementAndGet();
      }
    }
  }

  @Override
  public void run() {
    LevelSample sample = new LevelSample();
    for (Iterator<WeakReference<LevelSource>> i = sources.iterator(); i.hasNext(); ) {
      LevelSource source = i.next().get();
      if (source == null) {
        i.remove();
        size.decrementAndGet();
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
