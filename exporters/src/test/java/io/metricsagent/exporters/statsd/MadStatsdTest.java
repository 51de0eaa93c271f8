package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.testing.MavenPackages;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a parser of DogStatsD's and Influx's tags that nobody here wrote makes of our datagrams. */
class MadStatsdTest {
  /** A line as it was understood; values of timers are seconds. */
  private record Parsed(String name, String type, double value, String tags) {}

  @TempDir private Path temp;
  private final SampleRegistry sample =
      new SampleRegistry().recordEverything().recordCalls("search", 500, 1.0);

  /** Returns what arrived of one flush. */
  private List<Parsed> flush(Dialect dialect) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                MavenPackages.classPath(
                    "com.arpnetworking.metrics", "metrics-aggregator-daemon", "1.20.1"),
                Path.of("src/test/resources/statsd/MadReceiver.java").toAbsolutePath().toString())
            .directory(temp.toFile())
            .redirectError(temp.resolve("errors").toFile())
            .start();
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(await(out, "port\t").substring("port\t".length()));
      try (StatsdSink sink =
          new StatsdSink(new StatsdSettings("127.0.0.1", port, "wink", 1, dialect))) {
        sink.export(sample.snapshot()).toCompletableFuture().join();
      }
      java.getOutputStream().close();
      List<Parsed> all = new ArrayList<>();
      String line = await(out, "wink.");
      while (!line.equals("end")) {
        String[] parts = line.split("\t", -1);
        all.add(new Parsed(parts[0], parts[1], Double.parseDouble(parts[2]), parts[3]));
        line = out.readLine();
        assertThat(line).as("the parser refused a line").isNotNull();
      }
      return all;
    } finally {
      java.destroyForcibly();
    }
  }

  private static String await(BufferedReader out, String start) throws Exception {
    String line;
    do {
      line = out.readLine();
      assertThat(line).as("the receiver ended before " + start).isNotNull();
    } while (!line.startsWith(start));
    return line;
  }

  private static double[] values(List<Parsed> all, String name, String type, String tags) {
    return all.stream()
        .filter(line -> line.name.equals(name) && line.type.equals(type) && line.tags.equals(tags))
        .mapToDouble(Parsed::value)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "telegraf"})
  void itReadsEachLineToTheDigit(String dialect) throws Exception {
    assumeTrue(MavenPackages.isAvailable(), "Maven cannot be started: no parser to ask");
    List<Parsed> all = flush(Dialect.of(dialect));

    String search = "{tool=search, worker=worker-1}";
    assertThat(values(all, "wink.tool.calls", "COUNTER", search)).containsExactly(500);
    double[] latencies = values(all, "wink.tool.latency_ms", "TIMER", search);
    HistogramSnapshot expected =
        sample.snapshot().tools().stream()
            .filter(tool -> tool.toolName().equals("search"))
            .findFirst()
            .orElseThrow()
            .latency();
    assertThat(latencies).hasSize(500);
    double sum = 0;
    for (double latency : latencies) {
      sum += latency;
    }
    double exact = expected.sumMillis() / 1000;
    assertThat(sum).isCloseTo(exact, within(exact * 0.001));

    String openai = "{adapter=openai, experiment=v2-concise, model=gpt-4o-mini, worker=worker-1}";
    assertThat(values(all, "wink.adapter.requests", "COUNTER", openai)).containsExactly(3);
    assertThat(values(all, "wink.adapter.errors", "COUNTER", openai)).containsExactly(1);
    assertThat(values(all, "wink.adapter.tokens", "COUNTER", openai)).containsExactly(1327);
    assertThat(values(all, "wink.adapter.call_latency_ms", "TIMER", openai)).hasSize(3);
    String requests = "{queue=requests, worker=worker-1}";
    assertThat(values(all, "wink.mailbox.depth", "GAUGE", requests)).containsExactly(17);
    assertThat(values(all, "wink.mailbox.retries", "COUNTER", requests)).containsExactly(2);
    assertThat(all).extracting(Parsed::name).allMatch(name -> name.startsWith("wink."));
  }
}
