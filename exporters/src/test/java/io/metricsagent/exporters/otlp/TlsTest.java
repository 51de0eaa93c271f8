package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.FaultyNetwork;
import io.metricsagent.exporters.testing.Heap;
import io.metricsagent.exporters.testing.SampleRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both transports over TLS, where the receiver also asks for the client's certificate. */
class TlsTest {
  private static final int FLUSHES = 10_000;
  private static final int WARM_UP = 100;
  private static final long SLACK_BYTES = 3_000_000;
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path temp;
  private static KeyStore receiver;
  private static KeyStore elsewhere;

  private final AtomicInteger received = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();

  @BeforeAll
  static void makeKeys() throws Exception {
    receiver = keys("receiver", "ip:127.0.0.1");
    elsewhere = keys("elsewhere", "dns:elsewhere.example");
  }

  private static KeyStore keys(String name, String subject) throws Exception {
    Path file = temp.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    pem(name + ".crt", "CERTIFICATE", certificate(store).getEncoded());
    pem(name + ".key", "PRIVATE KEY", store.getKey("key", PASSWORD).getEncoded());
    return store;
  }

  private static Certificate certificate(KeyStore store) throws Exception {
    return store.getCertificate("key");
  }

  private static void pem(String file, String type, byte[] content) throws Exception {
    Files.writeString(
        temp.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(type, Base64.getMimeEncoder().encodeToString(content), type));
  }

  private AutoCloseable server(Protocol protocol, String name, int[] port) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (protocol == Protocol.GRPC) {
      Server server =
          NettyServerBuilder.forAddress(anyPort)
              .sslContext(
                  GrpcSslContexts.forServer(
                          temp.resolve(name + ".crt").toFile(),
                          temp.resolve(name + ".key").toFile())
                      .trustManager(temp.resolve("receiver.crt").toFile())
                      .clientAuth(ClientAuth.REQUIRE)
                      .build())
              .addService(
                  new MetricsServiceGrpc.MetricsServiceImplBase() {
                    @Override
                    public void export(
                        ExportMetricsServiceRequest request,
                        StreamObserver<ExportMetricsServiceResponse> observer) {
                      received.incrementAndGet();
                      observer.onNext(ExportMetricsServiceResponse.getDefaultInstance());
                      observer.onCompleted();
                    }
                  })
              .build()
              .start();
      port[0] = server.getPort();
      return server::shutdownNow;
    }
    HttpsServer server = HttpsServer.create(anyPort, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context(name.equals("receiver") ? receiver : elsewhere)) {
          @Override
          public void configure(HttpsParameters parameters) {
            var ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            ExportMetricsServiceRequest request =
                ExportMetricsServiceRequest.parseFrom(
                    new GZIPInputStream(exchange.getRequestBody()));
            request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                .filter(metric -> metric.getName().equals("wink.tool.calls"))
                .forEach(metric -> calls.set(metric.getSum().getDataPoints(0).getAsInt()));
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    port[0] = server.getAddress().getPort();
    return () -> server.stop(0);
  }

  private static SSLContext context(KeyStore own) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("receiver", certificate(receiver));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static OtlpSettings settings(Protocol protocol, int port, Path certificate) {
    return new OtlpSettings(
        URI.create("https://127.0.0.1:" + port + (protocol == Protocol.GRPC ? "" : "/v1/metrics")),
        protocol,
        Map.of(),
        true,
        Duration.ofSeconds(10),
        Temporality.CUMULATIVE,
        HistogramAggregation.EXPLICIT,
        Map.of(),
        certificate.toFile(),
        temp.resolve("receiver.key").toFile(),
        temp.resolve("receiver.crt").toFile(),
        OtlpSettings.Names.GEN_AI,
        false);
  }

  private static void export(OtlpSettings settings) {
    try (OtlpSink sink = OtlpSink.create(settings)) {
      sink.export(new SampleRegistry().recordEverything().snapshot()).toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void bothSidesShowTheirCertificates(Protocol protocol) throws Exception {
    int[] port = new int[1];
    try (AutoCloseable server = server(protocol, "receiver", port)) {
      assertThat(server).isNotNull();
      assertThatCode(() -> export(settings(protocol, port[0], temp.resolve("receiver.crt"))))
          .doesNotThrowAnyException();
      assertThat(received).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aCertificateForAnotherHostIsRefusedAtOnce(Protocol protocol) throws Exception {
    int[] port = new int[1];
    try (AutoCloseable server = server(protocol, "elsewhere", port)) {
      assertThat(server).isNotNull();
      assertThatThrownBy(() -> export(settings(protocol, port[0], temp.resolve("elsewhere.crt"))))
          .hasMessageContaining("TLS: ")
          .hasMessageNotContaining("attempts")
          .hasMessageContaining("otel.exporter.otlp.certificate");
      assertThat(received).hasValue(0);
    }
  }

  /** To a port that only the proxy knows. */
  @Test
  void bothSidesShowTheirCertificatesThroughAProxy() throws Exception {
    int[] port = new int[1];
    try (AutoCloseable server = server(Protocol.HTTP_PROTOBUF, "receiver", port);
        FaultyNetwork proxy = new FaultyNetwork(port[0], FaultyNetwork.Mode.TUNNELS)) {
      assertThat(server).isNotNull();
      System.setProperty("https.proxyHost", "127.0.0.1");
      System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
      System.setProperty("http.nonProxyHosts", ""); // else this machine
      export(settings(Protocol.HTTP_PROTOBUF, 4318, temp.resolve("receiver.crt")));
      assertThat(proxy.tunnels()).containsExactly("CONNECT 127.0.0.1:4318 HTTP/1.1");
      assertThat(received).hasValue(1);
    } finally {
      List.of("https.proxyHost", "https.proxyPort", "http.nonProxyHosts")
          .forEach(System::clearProperty);
    }
  }

  /**
   * Until the right receiver is back; then one export has every call. Takes minutes: each flush is
   * a handshake.
   */
  @Test
  void tenThousandFlushesToTheWrongReceiverPileNothingUp() throws Exception {
    int[] wrong = new int[1];
    int[] right = new int[1];
    SampleRegistry sample = new SampleRegistry();
    try (AutoCloseable impostor = server(Protocol.HTTP_PROTOBUF, "elsewhere", wrong);
        AutoCloseable server = server(Protocol.HTTP_PROTOBUF, "receiver", right);
        FaultyNetwork network = new FaultyNetwork(wrong[0], FaultyNetwork.Mode.WORKS);
        OtlpSink sink =
            OtlpSink.create(
                settings(Protocol.HTTP_PROTOBUF, network.port(), temp.resolve("receiver.crt")))) {
      assertThat(List.of(impostor, server)).isNotEmpty();
      long before = 0;
      for (int i = 1; i <= FLUSHES; i++) {
        sample.registry().recordToolCall("search", 7, true, null);
        assertThatThrownBy(() -> sink.export(sample.snapshot()).toCompletableFuture().join())
            .hasMessageContaining("TLS: ");
        if (i == WARM_UP) {
          before = Heap.bytes();
        }
      }
      assertThat(Heap.bytes() - before).isLessThan(SLACK_BYTES);
      assertThat(received).hasValue(0);
      network.leadTo(right[0]);
      sink.export(sample.snapshot()).toCompletableFuture().join();
      assertThat(received).hasValue(1);
      assertThat(calls).hasValue(FLUSHES);
    }
  }

  @Test
  void aFileThatIsNoCertificateIsTheExportsError() throws Exception {
    Path nonsense = Files.writeString(temp.resolve("nonsense.pem"), "hello");
    assertThatThrownBy(() -> export(settings(Protocol.GRPC, 1, nonsense)))
        .hasMessageContaining("Are they valid X.509 in PEM format?");
  }
}
