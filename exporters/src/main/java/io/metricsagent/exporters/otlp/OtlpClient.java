package io.metricsagent.exporters.otlp;

import io.metricsagent.exporters.UrlMask;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/**
 * Sends the requests of one signal to one receiver. It opens no connection and loads no class of
 * the SDK before its first request. Requests are sent by one thread, which waits for the answer;
 * {@link #hurry} and {@link #shutdown} may be called by any thread.
 *
 * <p>If OpenTelemetry's agent runs in the same JVM, it is told not to trace exports. {@code
 * GlobalOpenTelemetry} is neither read nor set.
 *
 * @param <T> what a request consists of
 */
abstract class OtlpClient<T> {
  private final Signal signal;
  private final OtlpSettings settings;
  private final TlsFiles tls;
  private final Secrets secrets;
  private final Timing timing;
  private final Hurry hurry;
  private volatile SdkExporter<T> exporter;

  // Used by the sending thread only.
  private ExportException failure;

  /** Not private, because tests replace it. */
  OtherAgent otherAgent;

  /**
   * Makes a client.
   *
   * @param timing {@code null} for the system's
   * @throws IllegalArgumentException if a file of the settings cannot be read; the message names
   *     the setting
   */
  private OtlpClient(Signal signal, OtlpSettings settings, Timing timing) {
    this.signal = signal;
    this.settings = settings;
    tls = TlsFiles.read(settings);
    secrets = Secrets.of(settings);
    hurry = new Hurry();
    this.timing = timing == null ? Timing.system(hurry) : timing;
  }

  /** A client for metrics. */
  static final class OfMetrics extends OtlpClient<MetricData> {
    OfMetrics(OtlpSettings settings, Timing timing) {
      super(Signal.METRICS, settings, timing);
    }

    @Override
    SdkExporter<MetricData> create(OtlpSettings settings, TlsFiles tls, Senders senders) {
      return SdkExporter.ofMetrics(settings, tls, senders);
    }
  }

  /** A client for log records. */
  static final class OfLogs extends OtlpClient<LogRecordData> {
    OfLogs(OtlpSettings settings, Timing timing) {
      super(Signal.LOGS, settings, timing);
    }

    @Override
    SdkExporter<LogRecordData> create(OtlpSettings settings, TlsFiles tls, Senders senders) {
      return SdkExporter.ofLogs(settings, tls, senders);
    }
  }

  /** Makes the exporter. A method of subclasses, since a lambda would load classes of the SDK. */
  abstract SdkExporter<T> create(OtlpSettings settings, TlsFiles tls, Senders senders);

  /** Returns the resource of what is sent; the first call makes the exporter. */
  Resource resource() {
    return exporter().resource();
  }

  private SdkExporter<T> exporter() {
    if (exporter == null) {
      otherAgent = OtherAgent.find();
      exporter =
          create(settings, tls, new Senders(signal, timing, hurry, secrets, e -> failure = e));
    }
    return exporter;
  }

  /**
   * Sends one request. The senders complete the result on this thread, so it is complete when the
   * SDK's method returns.
   *
   * @return what went wrong, or {@code null}
   */
  ExportException send(List<T> items) {
    failure = null;
    SdkExporter<T> current = exporter();
    CompletableResultCode[] result = new CompletableResultCode[1];
    otherAgent.unseen(() -> result[0] = current.export(items));
    if (failure == null && !result[0].isSuccess()) {
      failure =
          new ExportException(
              "cannot export "
                  + signal.what()
                  + " to "
                  + UrlMask.mask(settings.endpoint().toString())
                  + ": "
                  + secrets.mask(reason(result[0])),
              secrets.mask(result[0].getFailureThrowable()),
              ExportException.Fate.KEPT);
    }
    return failure;
  }

  private static String reason(CompletableResultCode result) {
    Throwable thrown = result.getFailureThrowable();
    Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
    return cause == null ? "the exporter is shut down" : String.valueOf(cause.getMessage());
  }

  /** Returns the time of the clock of the retries, as {@link System#nanoTime}. */
  long nanoTime() {
    return timing.nanoTime().getAsLong();
  }

  /** Ends all pauses between attempts: the JVM ends, and nothing may wait for a retry. */
  void hurry() {
    hurry.begin();
  }

  /** Closes the connections. */
  void shutdown() {
    SdkExporter<T> current = exporter;
    if (current != null) {
      current.shutdown();
    }
  }
}
