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
import java.time.Duration;
import java.util.List;
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
 * OTLP over HTTP through a proxy, with the JDK's client, which supports proxies. Used by one
 * thread.
 *
 * <p>It is not used without a proxy, because, at least up to JDK 25, that client never closes a
 * connection on which it gets an answer that is not HTTP, such as that of a gRPC port.
 */
final class ProxiedHttpWire implements Wire {
  private final HttpSenderConfig config;
  private ExecutorService executor;
  private HttpClient client;

  ProxiedHttpWire(HttpSenderConfig config) {
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
      // The client's own timeout covers only the headers; the body may never come.
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

  /** Returns the client, which is made on first use because it starts a thread. */
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
    return HttpAnswer.of(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Retry-After").orElse(null),
        response.body());
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
    // The client ends its thread when it is unreachable. It has a method to close it only from JDK
    // 21 on.
    client = null;
    executor = null;
  }

  /** Collects a body, and fails if it is longer than the limit. */
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
