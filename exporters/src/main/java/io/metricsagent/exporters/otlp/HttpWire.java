package io.metricsagent.exporters.otlp;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * OTLP over HTTP with the JDK's client, in HTTP/1.1: one request a minute gains nothing from
 * HTTP/2, and the upgrade header confuses some servers. Used by one thread.
 */
final class HttpWire implements Wire {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final int MAX_WORDS = 200;

  private final HttpSenderConfig config;
  private ExecutorService executor;
  private HttpClient client;

  HttpWire(HttpSenderConfig config) {
    this.config = config;
  }

  @Override
  public Answer send(byte[] message, Duration limit) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.getEndpoint())
            .timeout(limit)
            .header("Content-Type", config.getContentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(message));
    if (config.getCompressor() != null) {
      request.header("Content-Encoding", config.getCompressor().getEncoding());
    }
    config
        .getHeadersSupplier()
        .get()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    CompletableFuture<HttpResponse<byte[]>> response =
        client()
            .sendAsync(request.build(), info -> new CappedBody(config.getMaxResponseBodySize()));
    try {
      // The client's own timeout ends with the headers; a body may still never come.
      return answer(response.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw noAnswer(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException) {
        throw noAnswer(e.getCause());
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private static IOException noAnswer(Throwable cause) {
    IOException timeout = new SocketTimeoutException("no answer");
    timeout.initCause(cause);
    return timeout;
  }

  /** Made on first use: it starts a thread of its own. */
  private HttpClient client() {
    if (client == null) {
      executor =
          new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE,
              5,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              task -> OtlpSink.daemon(task, "metrics-agent-otlp-http"));
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(config.getConnectTimeout())
              .executor(executor);
      if (config.getSslContext() != null) {
        builder.sslContext(config.getSslContext());
      }
      client = builder.build();
    }
    return client;
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    byte[] body = response.body();
    boolean successful = status >= 200 && status < 300;
    boolean fromReceiver =
        isFromReceiver(response.headers().firstValue("Content-Type").orElse(""), body);
    String text =
        successful && !fromReceiver
            ? "HTTP " + status + ", but the answer is not OTLP" + words(body)
            : "HTTP " + status + words(body);
    return new Answer(
        status,
        text,
        body,
        successful && fromReceiver,
        RETRYABLE.contains(status),
        RetryAfter.nanos(response.headers().firstValue("Retry-After").orElse(null)));
  }

  /**
   * Tells a receiver from something else that answers 200 to everything, such as a log-in page.
   * Receivers answer with a message of protobuf, often an empty one; some with JSON or a few words.
   */
  private static boolean isFromReceiver(String contentType, byte[] body) {
    return body.length == 0
        || contentType.startsWith("application/json")
        || contentType.startsWith("text/plain")
        || PartialSuccess.isWellFormed(body);
  }

  /** Errors come as text or as a protobuf status, whose words are readable in it. */
  private static String words(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MAX_WORDS), StandardCharsets.UTF_8)
            .replaceAll("[^\\p{Print}]+", " ")
            .strip();
    return text.isEmpty() ? "" : ": " + text;
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
    // The client ends its thread once it is unreachable; it can only be closed from JDK 21 on.
    client = null;
    executor = null;
  }

  /** Keeps the first bytes of a body and gives up on one that is longer. */
  private static final class CappedBody implements BodySubscriber<byte[]> {
    private final long limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    CappedBody(long limit) {
      this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] chunk = new byte[(int) Math.min(buffer.remaining(), limit - bytes.size())];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
      }
      if (bytes.size() >= limit) {
        subscription.cancel();
        body.complete(bytes.toByteArray());
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
