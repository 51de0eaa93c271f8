package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.testing.Ports;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** collectd knows no tags and complains about them: the dialect for such servers leaks none. */
class CollectdTest {
  private static final Path COLLECTD = Path.of("/usr/sbin/collectd");

  @TempDir private Path temp;

  @Test
  void theEtsyDialectIsReadWholeByAServerWithoutTags() throws Exception {
    assumeTrue(Files.isExecutable(COLLECTD), "collectd-core is not installed: none to ask");
    for (String plugin : List.of("logfile", "statsd", "write_prometheus")) {
      String missing = missingLibraries(plugin);
      assumeTrue(missing.isEmpty(), "collectd cannot load " + plugin + ": " + missing);
    }
    int port = Ports.free();
    int http = Ports.free();
    Path log = temp.resolve("log");
    Path config = temp.resolve("collectd.conf");
    Files.writeString(
        config,
        """
        BaseDir "%1$s"
        PIDFile "%1$s/pid"
        TypesDB "/usr/share/collectd/types.db"
        Interval 1
        LoadPlugin logfile
        <Plugin logfile>
          File "%1$s/log"
        </Plugin>
        LoadPlugin statsd
        <Plugin statsd>
          Host "127.0.0.1"
          Port "%2$d"
          CounterSum true
        </Plugin>
        LoadPlugin write_prometheus
        <Plugin write_prometheus>
          Host "127.0.0.1"
          Port "%3$d"
        </Plugin>
        """
            .formatted(temp, port, http));
    Process collectd =
        new ProcessBuilder(COLLECTD.toString(), "-f", "-C", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("output").toFile())
            .start();
    try {
      await(collectd, http, "");
      SampleRegistry sample = new SampleRegistry().recordEverything();
      try (StatsdSink sink =
          new StatsdSink(new StatsdSettings("127.0.0.1", port, "wink", 1, Dialect.ETSY))) {
        // The port may open after that of the answers; what it refused is sent again.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sink.export(sample.snapshot())
                .handle((done, failure) -> failure != null)
                .toCompletableFuture()
                .join()
            && System.nanoTime() < deadline) {
          collectd.waitFor(50, TimeUnit.MILLISECONDS);
        }
      }
      String metrics = await(collectd, http, "wink.mailbox.depth.queue.requests.worker.worker-1");
      assertThat(metrics)
          .containsPattern("wink.tool.calls.tool.read_file.worker.worker-1\"[^}]*} 3 ")
          .containsPattern("wink.mailbox.depth.queue.requests.worker.worker-1\"[^}]*} 17 ");
      assertThat(Files.exists(log) ? Files.readString(log) : "").doesNotContain("Unable to parse");
    } finally {
      collectd.destroyForcibly();
    }
  }

  /** Debian's collectd-core only recommends the packages of the libraries that its plugins need. */
  private static String missingLibraries(String plugin) throws Exception {
    Path file = Path.of("/usr/lib/collectd", plugin + ".so");
    if (!Files.exists(file)) {
      return file + " is not installed";
    }
    Process ldd = new ProcessBuilder("ldd", file.toString()).redirectErrorStream(true).start();
    String libraries = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return libraries
        .lines()
        .filter(line -> line.contains("not found"))
        .map(String::trim)
        .collect(Collectors.joining(", "));
  }

  private String await(Process collectd, int port, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String metrics = "no answer yet";
    while (System.nanoTime() < deadline && collectd.isAlive()) {
      try {
        metrics =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        if (metrics.contains(text)) {
          return metrics;
        }
      } catch (IOException e) {
        metrics = e.toString();
      }
      collectd.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError(
        "no " + text + " in " + metrics + "\n" + Files.readString(temp.resolve("output")));
  }
}
