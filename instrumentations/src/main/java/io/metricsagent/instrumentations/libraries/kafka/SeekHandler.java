package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.Collection;

/** Handles {@code KafkaConsumer.seek} and {@code seekToBeginning}. */
final class SeekHandler extends SiteHandler {
  private static final Accessor OFFSET = Accessor.path("offset()");
  private static final long BEGINNING = 0;

  private final KafkaTracker tracker;

  SeekHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState state = tracker.consumer(self);
    if (state == null) {
      return null;
    }
    if (arg0 instanceof Collection<?> partitions) {
      partitions.forEach(partition -> state.sought(partition, BEGINNING));
      if (partitions.isEmpty()) {
        state.sought(null, BEGINNING);
      }
    } else if (arg0 != null) {
      state.sought(arg0, arg1 instanceof Long offset ? offset : OFFSET.readLong(arg1));
    }
    return null;
  }
}
