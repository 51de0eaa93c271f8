package io.metricsagent.exporters;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Another sink on a thread of its own: it may wait, for a disk or whatever a user's sink waits for,
 * and the flush thread does not.
 */
public final class BackgroundSink implements MetricsSink {
  private final MetricsSink sink;
  private final SinkThread thread;

  /** Wraps a sink; the thread starts with the first export. */
  public BackgroundSink(MetricsSink sink) {
    this.sink = sink;
    thread = new SinkThread("metrics-agent-" + sink.name());
  }

  @Override
  public String name() {
    return sink.name();
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return thread.<CompletionStage<?>>run(() -> sink.export(snapshot)).thenCompose(stage -> stage);
  }

  /** Closes the sink once its export has ended; one that never ends is left to the JVM's end. */
  @Override
  public void close() {
    try {
      thread.end(sink::close);
    } catch (RejectedExecutionException e) {
      thread.interrupt();
    }
  }
}
