package io.metricsagent.exporters;

import io.metricsagent.bootstrap.sink.MetricsSink;

/** A sink that retries failed exports by itself, and can be told not to retry when the JVM ends. */
public interface HurriedSink extends MetricsSink {
  /**
   * Ends the wait for the next attempt, if the sink waits for one, and limits every later export to
   * a single attempt. Returns at once; thread-safe.
   */
  void hurry();
}
