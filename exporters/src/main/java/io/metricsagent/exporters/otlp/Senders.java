package io.metricsagent.exporters.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives our senders to the builders of the SDK's exporters, which ask a component loader for them.
 * So there are no service files and no search on the class path, which could find an application's
 * senders.
 *
 * <p>Senders answer on the calling thread, which is the sink's own. They report failures to {@code
 * onFailure} first, since the SDK's exporters pass on few details.
 */
record Senders(
    Signal signal, Timing timing, Hurry hurry, Secrets secrets, Consumer<ExportException> onFailure)
    implements ComponentLoader {
  @Override
  public <T> Iterable<T> load(Class<T> component) {
    if (component == HttpSenderProvider.class) {
      HttpSenderProvider provider =
          config -> {
            Wire wire = Proxies.wire(config);
            return new Http(
                wire,
                new RetryingSender(
                    signal,
                    wire,
                    config.getEndpoint(),
                    secrets,
                    config.getCompressor(),
                    config.getTimeout(),
                    config.getRetryPolicy(),
                    timing,
                    hurry),
                onFailure);
          };
      return List.of(component.cast(provider));
    }
    if (component == GrpcSenderProvider.class) {
      GrpcSenderProvider provider =
          config -> {
            GrpcWire wire = new GrpcWire(config);
            return new Grpc(
                wire,
                new RetryingSender(
                    signal,
                    wire,
                    config.getEndpoint(),
                    secrets,
                    config.getCompressor(),
                    config.getTimeout(),
                    config.getRetryPolicy(),
                    timing,
                    hurry),
                onFailure);
          };
      return List.of(component.cast(provider));
    }
    return List.of();
  }

  private record Http(Wire wire, RetryingSender sender, Consumer<ExportException> onFailure)
      implements HttpSender {
    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      Failures failures = new Failures(onFailure);
      Answer answer = sender.send(message, failures);
      if (answer != null && !answer.isForeign()) {
        onResponse.accept(answer.toHttp());
      } else {
        onError.accept(failures.last);
      }
    }

    @Override
    public CompletableResultCode shutdown() {
      wire.close();
      return CompletableResultCode.ofSuccess();
    }
  }

  private record Grpc(Wire wire, RetryingSender sender, Consumer<ExportException> onFailure)
      implements GrpcSender {
    @Override
    public void send(
        MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
      Failures failures = new Failures(onFailure);
      Answer answer = sender.send(message, failures);
      if (answer != null) {
        onResponse.accept(answer.toGrpc());
      } else {
        onError.accept(failures.last);
      }
    }

    @Override
    public CompletableResultCode shutdown() {
      wire.close();
      return CompletableResultCode.ofSuccess();
    }
  }

  /** Remembers the last failure and passes it on. */
  private static final class Failures implements Consumer<ExportException> {
    private final Consumer<ExportException> next;
    private ExportException last;

    Failures(Consumer<ExportException> next) {
      this.next = next;
    }

    @Override
    public void accept(ExportException failure) {
      last = failure;
      next.accept(failure);
    }
  }
}
