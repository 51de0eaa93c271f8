package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.events.Run;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stream of answers with which a run ends. Each request for such an answer knows its stream,
 * and the callback of the request works for it; so a stream that is started within the run is told
 * apart from the run's own. Thread-safe.
 */
public final class RunStream {
  private final Run run;
  private final AtomicInteger requests = new AtomicInteger();

  /** Makes the stream of a run. */
  public RunStream(Run run) {
    this.run = run;
  }

  /** Returns the run that ends with the stream. */
  public Run run() {
    return run;
  }

  /** A request for an answer of the stream begins. */
  public void requested() {
    requests.incrementAndGet();
  }

  /** Returns how many requests have begun. */
  public int requests() {
    return requests.get();
  }
}
