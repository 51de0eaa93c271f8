package io.metricsagent.exporters;

import io.metricsagent.bootstrap.sink.MetricsSink;

/** A sink that tries again by itself, and can be told not to when the JVM ends. */
public interface HurriedSink extends MetricsSink {
  /**
   * Ends the wait for another attempt, if there is one, and makes every export from now on a single
   * attempt. Returns at once; thread-safe.
   */
  void hurry();
}
