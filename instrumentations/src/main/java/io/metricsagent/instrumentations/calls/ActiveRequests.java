package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts, for each series, the requests that are under way although their methods have returned:
 * streams and futures. A request that nobody ever completes stays in this count, and no other
 * figure shows it. Requests whose methods have not returned are not counted here: a thread dump
 * shows them.
 *
 * <p>The first thread that ends a request takes it out of the count; later ends change nothing.
 * Thread-safe and lock-free.
 */
public final class ActiveRequests {
  private ActiveRequests() {}

  /**
   * Counts a request that goes on after its method has returned; does nothing if the request was
   * counted before.
   *
   * @param request the detached frame of the request, which no other call uses
   */
  public static void began(RequestFrame request, AdapterMetrics series) {
    if (request.counted == null) {
      series.begin();
      request.counted = new AtomicReference<>(series);
    }
  }

  /**
   * Takes a request out of the count, because it has ended or turned out not to be a request; does
   * nothing if the request is not counted.
   */
  public static void ended(RequestFrame request) {
    AtomicReference<AdapterMetrics> counted = request.counted;
    AdapterMetrics series = counted == null ? null : counted.getAndSet(null);
    if (series == null) {
      return;
    }
    try {
      series.end();
    } catch (Throwable fault) { // the stack is exhausted; the next call of ended counts
      counted.set(series);
      throw fault;
    }
  }
}
