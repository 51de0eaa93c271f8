package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells a series which of its requests are under way although their methods have returned: streams
 * and futures. A request that nobody ever completes stays in that number, which is the only figure
 * that tells of it. A request whose method has not returned shows as its thread.
 *
 * <p>Each request is taken out of the count once, whichever thread ends it first. Thread-safe and
 * lock-free.
 */
public final class ActiveRequests {
  private ActiveRequests() {}

  /**
   * A request goes on after its method; does nothing for one that was counted before.
   *
   * @param request its detached frame, which is not used for another call
   */
  public static void began(RequestFrame request, AdapterMetrics series) {
    if (request.counted == null) {
      series.begin();
      request.counted = new AtomicReference<>(series);
    }
  }

  /** A request ended, or was none after all; does nothing for one that is not counted. */
  public static void ended(RequestFrame request) {
    AtomicReference<AdapterMetrics> counted = request.counted;
    AdapterMetrics series = counted == null ? null : counted.getAndSet(null);
    if (series == null) {
      return;
    }
    try {
      series.end();
    } catch (Throwable fault) { // the thread's stack is exhausted: the next end takes it out
      counted.set(series);
      throw fault;
    }
  }
}
