package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.List;

/** An exporter that the settings name and the flush thread will open. */
public interface SinkPlan {
  /** Returns the name for messages, such as {@code otlp}. */
  String name();

  /**
   * Opens the exporter.
   *
   * @return the exporter's sinks; one setting may name several
   * @throws LinkageError if this Java runtime lacks a module or class; opening is not tried again
   *     then
   * @throws Exception if the exporter cannot be opened now; the message says what to do, and the
   *     next flush tries again
   */
  List<MetricsSink> open() throws Exception;
}
