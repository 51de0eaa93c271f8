package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers that are away, mute, or something else altogether. */
class BadReceiverTest {
  private final AtomicLong waited = new AtomicLong();
  private final SampleRegistry sample = new SampleRegistry().recordEverything();

  private static OtlpSettings settings(Protocol protocol, int port, Duration timeout) {
    return new OtlpSettings(
        URI.create("http://127.0.0.1:" + port + (protocol == Protocol.GRPC ? "" : "/v1/metrics")),
        protocol,
        Map.of(),
        false,
        timeout,
        Temporality.CUMULATIVE,
        HistogramAggregation.EXPLICIT,
        Map.of(),
        null,
        null,
        null,
        OtlpSettings.Names.GEN_AI,
        false);
  }

  /** Real time that also passes while a retry waits, which it does not. */
  private OtlpSink sink(OtlpSettings settings) {
    return OtlpSink.create(
        settings, new Timing(() -> System.nanoTime() + waited.get(), waited::addAndGet, () -> 0.5));
  }

  private void export(OtlpSink sink) {
    sink.export(sample.snapshot()).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void anAbsentOneIsTriedFiveTimes(Protocol protocol) throws Exception {
    int port = Ports.free();
    try (OtlpSink sink = sink(settings(protocol, port, Duration.ofSeconds(10)))) {
      assertThatThrownBy(() -> export(sink))
          .hasMessageContaining("cannot export metrics to http://127.0.0.1:" + port)
          .hasMessageContaining("connection refused (5 attempts)")
          .hasMessageContaining("check otel.exporter.otlp.endpoint");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aMuteOneIsGivenUpWhenTheTimeIsOver(Protocol protocol) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        OtlpSink sink = sink(settings(protocol, mute.getLocalPort(), Duration.ofMillis(300)))) {
      assertThatThrownBy(() -> export(sink))
          .hasMessageContaining("no answer within 300 ms (otel.exporter.otlp.timeout)");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void garbageIsAnErrorOfTheExport(Protocol protocol) throws Exception {
    try (Answering server = new Answering("SSH-2.0-OpenSSH_9.2\r\n");
        OtlpSink sink = sink(settings(protocol, server.port(), Duration.ofSeconds(10)))) {
      assertThatThrownBy(() -> export(sink))
          .hasMessageContaining("cannot export metrics to http://127.0.0.1:" + server.port());
    }
  }

  @Test
  void aLogInPageIsNoReceiver() throws Exception {
    String page = "<html>Please log in</html>";
    try (Answering server =
            new Answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + page.length()
                    + "\r\n\r\n"
                    + page);
        OtlpSink sink =
            sink(settings(Protocol.HTTP_PROTOBUF, server.port(), Duration.ofSeconds(10)))) {
      assertThatThrownBy(() -> export(sink))
          .hasMessageContaining("HTTP 200, but the answer is not OTLP: <html>Please log in");
    }
  }

  @Test
  void aBodyThatNeverEndsIsGivenUp() throws Exception {
    try (Answering server = new Answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        OtlpSink sink =
            sink(settings(Protocol.HTTP_PROTOBUF, server.port(), Duration.ofMillis(300)))) {
      assertThatThrownBy(() -> export(sink)).hasMessageContaining("no answer within 300 ms");
    }
  }

  @Test
  void closingEndsAnExportThatWaits() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      OtlpSink sink =
          sink(settings(Protocol.HTTP_PROTOBUF, mute.getLocalPort(), Duration.ofMinutes(5)));
      var export = sink.export(sample.snapshot()).toCompletableFuture();
      try (Socket connected = mute.accept()) {
        assertThat(connected.getInputStream().read()).isEqualTo('P');
        sink.close();
        assertThatThrownBy(() -> export.get(10, TimeUnit.SECONDS))
            .hasMessageContaining("the agent is stopping");
      }
    }
  }

  @Test
  void settingsThatCannotWorkAreRefusedAtOnce() {
    OtlpSettings good = settings(Protocol.GRPC, 4317, Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                OtlpSink.create(
                    new OtlpSettings(
                        good.endpoint(),
                        good.protocol(),
                        Map.of(),
                        false,
                        good.timeout(),
                        good.temporality(),
                        good.histograms(),
                        Map.of(),
                        new File("/no/such.pem"),
                        null,
                        null,
                        OtlpSettings.Names.GEN_AI,
                        false)))
        .hasMessageContaining("otel.exporter.otlp.certificate is /no/such.pem");
    assertThatThrownBy(
            () ->
                new OtlpSettings(
                    URI.create("localhost:4317"),
                    good.protocol(),
                    Map.of(),
                    false,
                    good.timeout(),
                    good.temporality(),
                    good.histograms(),
                    Map.of(),
                    null,
                    null,
                    null,
                    OtlpSettings.Names.GEN_AI,
                    false))
        .hasMessageContaining("write a URL such as http://localhost:4318");
  }

  /** Says the same to everyone who connects, and hangs up only when it is closed. */
  private static final class Answering implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    Answering(String answer) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    Socket client = socket.accept();
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
