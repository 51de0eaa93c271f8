package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.sink.MetricsSink;
import java.util.List;

/** One exporter that the settings name, to be opened by the flush thread. */
public interface SinkPlan {
  /** Returns the name for messages, such as {@code otlp}. */
  String name();

  /**
   * Opens it.
   *
   * @return its sinks; a setting may name several at once
   * @throws LinkageError if this Java runtime lacks something: it is not tried again
   * @throws Exception if it cannot be opened now; the message says what to do, and it is tried
   *     again at the next flush
   */
  List<MetricsSink> open() throws Exception;
}
