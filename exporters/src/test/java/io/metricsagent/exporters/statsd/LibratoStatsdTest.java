package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.metricsagent.exporters.testing.NodePackages;
import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Librato's own backend of the Etsy daemon hands on to Librato. */
class LibratoStatsdTest {
  @TempDir private Path temp;

  @Test
  void tagsReachLibrato() throws Exception {
    assumeTrue(NodePackages.isAvailable(), "node and npm are not installed: no StatsD daemon");
    Path daemon = NodePackages.install("statsd@0.9.0");
    Path backend = NodePackages.install("statsd-librato-backend@2.0.16");
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    HttpServer librato =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    librato.createContext(
        "/",
        exchange -> {
          try (exchange) {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    librato.start();
    int port = Ports.free();
    int admin = Ports.free();
    Path config = temp.resolve("config.js");
    Files.writeString(
        config,
        """
        { server: './servers/udp', address: '127.0.0.1', port: %d,
          mgmt_address: '127.0.0.1', mgmt_port: %d, flushInterval: 1000, keyNameSanitize: false,
          backends: ['%s'],
          librato: {email: 'a@example.invalid', token: 'none', api: 'http://127.0.0.1:%d',
                    host: false} }
        """
            .formatted(
                port,
                admin,
                backend.resolve("node_modules/statsd-librato-backend"),
                librato.getAddress().getPort()));
    Process process =
        new ProcessBuilder(
                "node",
                daemon.resolve("node_modules/statsd/stats.js").toString(),
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile())
            .start();
    try (StatsdSink sink =
        new StatsdSink(new StatsdSettings("127.0.0.1", port, "wink", 1, Dialect.LIBRATO))) {
      SampleRegistry sample = new SampleRegistry().recordEverything();
      JsonNode gauge = null;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (gauge == null && System.nanoTime() < deadline && process.isAlive()) {
        // Until the daemon listens; a gauge may be sent any number of times.
        sink.export(sample.snapshot()).handle((done, failure) -> done).toCompletableFuture().join();
        String body = bodies.poll(500, TimeUnit.MILLISECONDS);
        gauge = body == null ? null : depth(new JsonMapper().readTree(body));
      }
      assertThat(gauge).as(Files.readString(temp.resolve("output"))).isNotNull();
      assertThat(gauge.get("value").asDouble()).isEqualTo(17);
      assertThat(gauge.get("tags").get("queue").asString()).isEqualTo("requests");
      assertThat(gauge.get("tags").get("worker").asString()).isEqualTo("worker-1");
    } finally {
      process.destroyForcibly();
      librato.stop(0);
    }
  }

  private static JsonNode depth(JsonNode body) {
    for (JsonNode list : body) {
      for (JsonNode measurement : list) {
        if (measurement.path("name").asString("").equals("wink.mailbox.depth")) {
          return measurement;
        }
      }
    }
    return null;
  }
}
