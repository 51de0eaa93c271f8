package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.HurriedSink;
import io.metricsagent.exporters.SinkThread;
import io.metricsagent.exporters.SnapshotDelta;
import io.metricsagent.exporters.UrlMask;
import io.opentelemetry.sdk.common.CompletableResultCode;
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
 *
 * <p>If OpenTelemetry's agent runs in the same JVM, it is told not to trace exports. {@code
 * GlobalOpenTelemetry} is neither read nor set.
 */
public final class OtlpSink implements HurriedSink {
  private final OtlpSettings settings;
  private final TlsFiles tls;
  private final Secrets secrets;
  private final Timing timing;
  private final Hurry hurry;
  private final SinkThread thread = new SinkThread("metrics-agent-otlp");

  // The following fields belong to the exporter's thread.
  private volatile SdkExporter exporter;
  private MetricsSnapshot sent;
  private ExportException failure;
  private List<List<MetricData>> unsent = List.of();
  private OtherAgent otherAgent;

  private OtlpSink(OtlpSettings settings, TlsFiles tls, Timing timing, Hurry hurry) {
    this.settings = settings;
    this.tls = tls;
    secrets = Secrets.of(settings);
    this.timing = timing;
    this.hurry = hurry;
  }

  /**
   * Makes a sink. It opens no connection, starts no thread and loads no class of the SDK before its
   * first export.
   *
   * @throws IllegalArgumentException if a file of the settings cannot be read; the message names
   *     the setting
   */
  public static OtlpSink create(OtlpSettings settings) {
    Hurry hurry = new Hurry();
    return new OtlpSink(settings, TlsFiles.read(settings), Timing.system(hurry), hurry);
  }

  static OtlpSink create(OtlpSettings settings, Timing timing) {
    return new OtlpSink(settings, TlsFiles.read(settings), timing, new Hurry());
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
          if (otherAgent == null) {
            otherAgent = OtherAgent.find();
          }
          send(snapshot);
          return null;
        });
  }

  private void send(MetricsSnapshot snapshot) throws ExportException {
    if (exporter == null) {
      exporter =
          SdkExporter.create(settings, tls, new Senders(timing, hurry, secrets, e -> failure = e));
    }
    sendUnsent();
    MetricsSnapshot content = settings.isDelta() ? SnapshotDelta.since(snapshot, sent) : snapshot;
    List<List<MetricData>> requests =
        SnapshotMetrics.of(content, sent, settings, exporter.resource());
    ExportException complaint = null;
    for (int i = 0; i < requests.size(); i++) {
      ExportException failed = request(requests.get(i));
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
      ExportException failed = request(unsent.get(0));
      if (failed != null && !failed.isTaken()) {
        throw failed;
      }
      unsent.remove(0);
    }
  }

  /**
   * Sends one request. The senders complete the result on this thread, so it is complete when the
   * SDK's method returns.
   */
  private ExportException request(List<MetricData> metrics) {
    failure = null;
    CompletableResultCode[] result = new CompletableResultCode[1];
    otherAgent.unseen(() -> result[0] = exporter.export(metrics));
    if (failure == null && !result[0].isSuccess()) {
      failure =
          new ExportException(
              "cannot export metrics to "
                  + UrlMask.mask(settings.endpoint().toString())
                  + ": "
                  + secrets.mask(reason(result[0])),
              secrets.mask(result[0].getFailureThrowable()),
              false);
    }
    return failure;
  }

  private static String reason(CompletableResultCode result) {
    Throwable thrown = result.getFailureThrowable();
    Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
    return cause == null ? "the exporter is shut down" : String.valueOf(cause.getMessage());
  }

  @Override
  public void hurry() {
    hurry.begin();
  }

  @Override
  public void close() {
    hurry.begin();
    // Interrupts an export that is waiting for its receiver.
    thread.interrupt();
    SdkExporter current = exporter;
    if (current != null) {
      current.shutdown();
    }
  }
}
