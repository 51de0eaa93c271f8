package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.SnapshotDelta;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Exports snapshots over OTLP with the exporters of the OpenTelemetry SDK and senders of our own.
 *
 * <p>{@link #export} returns at once; a daemon thread, which ends when it is idle, makes and sends
 * the request. It completes when the receiver has answered that it took everything. With delta
 * temporality an export that failed is part of the next one: the base only moves forward when the
 * receiver has the data. No more than one request is ever held.
 *
 * <p>An export has at most one request, whatever its size. {@code GlobalOpenTelemetry} is neither
 * read nor set.
 */
public final class OtlpSink implements MetricsSink {
  private static final int IDLE_SECONDS = 5;

  private final OtlpSettings settings;
  private final TlsFiles tls;
  private final Timing timing;
  private final ThreadPoolExecutor exporterThread;

  // These belong to the exporter's thread.
  private volatile SdkExporter exporter;
  private MetricsSnapshot sent;
  private ExportException failure;

  private OtlpSink(OtlpSettings settings, TlsFiles tls, Timing timing) {
    this.settings = settings;
    this.tls = tls;
    this.timing = timing;
    exporterThread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> daemon(task, "metrics-agent-otlp"));
    exporterThread.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes a sink. It opens no connection, starts no thread and loads no class of the SDK before its
   * first export.
   *
   * @throws IllegalArgumentException if a file of the settings cannot be read; the message names
   *     the setting
   */
  public static OtlpSink create(OtlpSettings settings) {
    return create(settings, Timing.system());
  }

  static OtlpSink create(OtlpSettings settings, Timing timing) {
    return new OtlpSink(settings, TlsFiles.read(settings), timing);
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    exporterThread.execute(
        () -> {
          try {
            send(snapshot);
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private void send(MetricsSnapshot snapshot) throws ExportException {
    if (exporter == null) {
      exporter = SdkExporter.create(settings, tls, new Senders(timing, e -> failure = e));
    }
    MetricsSnapshot content = settings.isDelta() ? SnapshotDelta.since(snapshot, sent) : snapshot;
    List<MetricData> metrics = SnapshotMetrics.of(content, settings, exporter.resource());
    failure = null;
    if (!metrics.isEmpty()) {
      // The senders answer on this thread, so the result is there when the call returns.
      CompletableResultCode result = exporter.export(metrics);
      if (failure == null && !result.isSuccess()) {
        failure =
            new ExportException(
                "cannot export metrics to " + settings.endpoint() + ": " + reason(result),
                result.getFailureThrowable(),
                false);
      }
    }
    if (failure == null || failure.isTaken()) {
      sent = snapshot;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static String reason(CompletableResultCode result) {
    Throwable thrown = result.getFailureThrowable();
    Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
    return cause == null ? "the exporter is shut down" : String.valueOf(cause.getMessage());
  }

  @Override
  public void close() {
    // Interrupts an export that waits for its receiver.
    exporterThread.shutdownNow();
    SdkExporter current = exporter;
    if (current != null) {
      current.shutdown();
    }
  }
}
