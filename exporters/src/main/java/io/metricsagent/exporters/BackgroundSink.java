package io.metricsagent.exporters;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs another sink on a thread of its own, so that the flush thread does not wait when that sink
 * does, for instance for a disk. The sink's {@code name()} is called once; if that fails, the name
 * of its class is used.
 */
public final class BackgroundSink implements MetricsSink {
  private final MetricsSink sink;
  private final String name;
  private final SinkThread thread;

  /** Wraps a sink; the thread starts with the first export. */
  public BackgroundSink(MetricsSink sink) {
    this.sink = sink;
    name = nameOf(sink);
    thread = new SinkThread("metrics-agent-" + name);
  }

  private static String nameOf(MetricsSink sink) {
    try {
      String name = sink.name();
      if (name != null && !name.isBlank()) {
        return name;
      }
      AgentLog.warn(
          "the sink "
              + sink.getClass().getName()
              + " returns no text from name(); the name of its class is used instead");
    } catch (RuntimeException | LinkageError | AssertionError e) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "the sink "
              + sink.getClass().getName()
              + " throws an exception from name() ("
              + e.getClass().getName()
              + "); the name of its class is used instead",
          e);
    }
    return sink.getClass().getName();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return thread.runStage(() -> sink.export(snapshot));
  }

  /**
   * Closes the sink once its export has ended. If the export never ends, the sink is not closed.
   */
  @Override
  public void close() {
    try {
      thread.end(sink::close);
    } catch (RejectedExecutionException e) {
      thread.interrupt();
    }
  }
}
