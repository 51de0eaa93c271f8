package io.metricsagent.instrumentations.mailboxes;

import java.lang.ref.WeakReference;
import java.util.Set;

/** A source that is asked for its levels, to which this is a weak reference. Thread-safe. */
public final class Sampling extends WeakReference<LevelSource> {
  private final Set<Sampling> all;

  Sampling(LevelSource source, Set<Sampling> all) {
    super(source);
    this.all = all;
  }

  /**
   * Ends it: the source is not asked any more. Called when the channel, session or consumer of the
   * source is closed, if something else may refer to the source for longer.
   */
  public void end() {
    all.remove(this);
    clear();
  }
}
