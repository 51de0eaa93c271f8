package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.HurriedSink;
import io.metricsagent.exporters.SinkThread;
import io.metricsagent.exporters.SnapshotDelta;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Exports snapshots over OTLP with the exporters of the OpenTelemetry SDK and senders of our own.
 *
 * <p>{@link #export} returns at once; a daemon thread, which ends when it is idle, makes and sends
 * the request. The export completes when the receiver has confirmed that it took everything. With
 * delta temporality a failed export is part of the next one: the base of the difference only moves
 * when the receiver has the data. A large export is split into several requests. If, with delta
 * temporality, some of them fail after others have arrived, they are sent first at the next flush,
 * and no newer ones are made before that. So at most one export is in memory.
 */
public final class OtlpSink implements HurriedSink {
  private final OtlpSettings settings;
  private final OtlpClient<MetricData> client;
  private final SinkThread thread = new SinkThread("metrics-agent-otlp");

  // The following fields belong to the exporter's thread.
  private MetricsSnapshot sent;
  private List<List<MetricData>> unsent = List.of();

  private OtlpSink(OtlpSettings settings, Timing timing) {
    this.settings = settings;
    client = new OtlpClient.OfMetrics(settings, timing);
  }

  /**
   * Makes a sink. It opens no connection, starts no thread and loads no class of the SDK before its
   * first export.
   *
   * @throws IllegalArgumentException if a file of the settings cannot be read; the message names
   *     the setting
   */
  public static OtlpSink create(OtlpSettings settings) {
    return new OtlpSink(settings, null);
  }

  static OtlpSink create(OtlpSettings settings, Timing timing) {
    return new OtlpSink(settings, timing);
  }

  static Thread daemon(Runnable task, String name) {
    return new AgentThreads(name, OtlpSink.class.getClassLoader()).newThread(task);
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return thread.run(
        () -> {
          send(snapshot);
          return null;
        });
  }

  private void send(MetricsSnapshot snapshot) throws ExportException {
    sendUnsent();
    MetricsSnapshot content = settings.isDelta() ? SnapshotDelta.since(snapshot, sent) : snapshot;
    List<List<MetricData>> requests =
        SnapshotMetrics.of(content, sent, settings, client.resource());
    ExportException complaint = null;
    for (int i = 0; i < requests.size(); i++) {
      ExportException failed = client.send(requests.get(i));
      if (failed != null && !failed.isTaken()) {
        if (i > 0 && settings.isDelta()) {
          unsent = new ArrayList<>(requests.subList(i, requests.size()));
          sent = snapshot;
        }
        throw failed;
      }
      complaint = failed == null ? complaint : failed;
    }
    sent = snapshot;
    if (complaint != null) {
      throw complaint;
    }
  }

  private void sendUnsent() throws ExportException {
    while (!unsent.isEmpty()) {
      ExportException failed = client.send(unsent.get(0));
      if (failed != null && !failed.isTaken()) {
        throw failed;
      }
      unsent.remove(0);
    }
  }

  @Override
  public void hurry() {
    client.hurry();
  }

  @Override
  public void close() {
    client.hurry();
    // Interrupts an export that is waiting for its receiver.
    thread.interrupt();
    client.shutdown();
  }
}
