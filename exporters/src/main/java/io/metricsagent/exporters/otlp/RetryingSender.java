package io.metricsagent.exporters.otlp;

import io.metricsagent.exporters.FastGzip;
import io.metricsagent.exporters.UrlMask;
import io.metricsagent.exporters.otlp.ExportException.Fate;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Sends a message over a {@link Wire}, and retries by the retry policy until there is a final
 * answer, no attempt is left, the time limit of the whole export is over, or the JVM ends. Used by
 * one thread, which waits in it.
 *
 * <p>If a receiver asks us to wait ({@code Retry-After}), the next attempt is not earlier; if that
 * would be after the time limit, the export fails at once.
 */
final class RetryingSender {
  /** Waits vary by up to this share, so that many processes do not retry at the same moment. */
  private static final double JITTER = 0.2;

  private final Signal signal;
  private final Wire wire;
  private final URI endpoint;
  private final Secrets secrets;
  private final Compressor compressor;
  private final Duration timeout;
  private final RetryPolicy policy;
  private final Timing timing;
  private final Hurry hurry;

  /**
   * Makes a sender.
   *
   * @param signal what the messages are about
   * @param secrets texts that no message may repeat
   * @param compressor {@code null} for none
   * @param policy {@code null} for no retries
   */
  RetryingSender(
      Signal signal,
      Wire wire,
      URI endpoint,
      Secrets secrets,
      Compressor compressor,
      Duration timeout,
      RetryPolicy policy,
      Timing timing,
      Hurry hurry) {
    this.signal = signal;
    this.wire = wire;
    this.endpoint = endpoint;
    this.secrets = secrets;
    this.compressor = compressor;
    this.timeout = timeout;
    this.policy = policy;
    this.timing = timing;
    this.hurry = hurry;
  }

  /**
   * Sends a message.
   *
   * @param onFailure gets one exception that says what went wrong, before the answer is returned
   * @return the last answer, or {@code null} if there was none
   */
  Answer send(MessageWriter writer, Consumer<ExportException> onFailure) {
    int attempt = 0;
    long start = timing.nanoTime().getAsLong();
    Answer answer = null;
    IOException failure = null;
    try {
      byte[] message = serialise(writer);
      while (true) {
        attempt++;
        long left = timeout.toNanos() - (timing.nanoTime().getAsLong() - start);
        try {
          failure = null;
          answer = wire.send(message, Duration.ofNanos(Math.max(1, left))).masked(secrets);
          if (answer.accepted()) {
            PartialSuccess.Complaint complaint = PartialSuccess.complaint(answer.body());
            if (complaint != null) {
              onFailure.accept(taken(complaint, attempt));
            }
            return answer;
          }
        } catch (IOException e) {
          failure = e;
          answer = null;
        }
        long wait = waitNanos(attempt, answer, failure);
        long passed = timing.nanoTime().getAsLong() - start;
        if (wait < 0 || passed + wait >= timeout.toNanos() || hurry.hasBegun()) {
          break;
        }
        timing.pause().nanos(wait);
        if (hurry.hasBegun()) {
          break;
        }
      }
      String reason = answer != null ? answer.text() : reason(failure);
      ExportException failed = failure(reason, attempt, failure, fate(answer));
      onFailure.accept(answer == null ? failed : failed.retryAfter(answer.retryAfterNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String reason = hurry.hasBegun() ? "the agent is stopping" : "its thread was interrupted";
      onFailure.accept(failure(reason, attempt, e, Fate.KEPT));
    } catch (IOException | RuntimeException e) { // what cannot be encoded never can
      onFailure.accept(failure(reason(e), attempt, e, attempt == 0 ? Fate.INVALID : Fate.KEPT));
    }
    return answer;
  }

  /** A success without an answer of the protocol comes from something else than the receiver. */
  private static Fate fate(Answer answer) {
    if (answer == null || answer.retryable() || answer.isForeign()) {
      return Fate.KEPT;
    }
    return answer.invalid() ? Fate.INVALID : Fate.REFUSED;
  }

  private byte[] serialise(MessageWriter writer) throws IOException {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(Math.max(32, writer.getContentLength()));
    try (OutputStream out = compressor == null ? bytes : new FastGzip(bytes)) {
      writer.writeMessage(out);
    }
    return bytes.toByteArray();
  }

  /** Returns the time until the next attempt, or -1 if there is to be none. */
  private long waitNanos(int attempt, Answer answer, IOException failure) {
    if (policy == null || attempt >= policy.getMaxAttempts()) {
      return -1;
    }
    // A failure of TLS is a mistake in the settings and would happen again.
    boolean retryable = answer != null ? answer.retryable() : !(failure instanceof SSLException);
    if (!retryable) {
      return -1;
    }
    if (answer != null && answer.retryAfterNanos() >= 0) {
      return answer.retryAfterNanos();
    }
    double backoff =
        policy.getInitialBackoff().toNanos() * Math.pow(policy.getBackoffMultiplier(), attempt - 1);
    double jitter = 1 - JITTER + 2 * JITTER * timing.random().getAsDouble();
    return (long) (Math.min(backoff, (double) policy.getMaxBackoff().toNanos()) * jitter);
  }

  private ExportException failure(String reason, int attempt, Exception cause, Fate fate) {
    String consequence = signal.consequence(fate);
    return new ExportException(
        message(reason, attempt) + (consequence.isEmpty() ? "" : consequence + advice(reason)),
        secrets.mask(cause),
        fate);
  }

  private ExportException taken(PartialSuccess.Complaint complaint, int attempt) {
    return ExportException.taken(message(complaint.text(signal), attempt), complaint.rejected());
  }

  private String message(String reason, int attempt) {
    return "cannot export "
        + signal.what()
        + " to "
        + UrlMask.mask(endpoint.toString())
        + ": "
        + secrets.mask(reason)
        + (attempt > 1 ? " (" + attempt + " attempts)" : "");
  }

  private static String advice(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("401") || lower.contains("403") || lower.contains("unauthenticated")) {
      return "; check otel.exporter.otlp.headers";
    }
    if (lower.startsWith("tls")) {
      return "; check otel.exporter.otlp.certificate";
    }
    return "; check otel.exporter.otlp.endpoint and otel.exporter.otlp.protocol";
  }

  private String reason(Exception e) {
    if (e instanceof ConnectException) {
      return "connection refused";
    }
    if (e instanceof UnknownHostException) {
      return "the host " + endpoint.getHost() + " is unknown";
    }
    if (e instanceof SocketTimeoutException) {
      return "no answer within "
          + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos())
          + " ms (otel.exporter.otlp.timeout)";
    }
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return (e instanceof SSLException ? "TLS: " : "") + text;
  }
}
