package io.metricsagent.exporters.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.Golden;
import io.metricsagent.exporters.testing.GoldenSnapshots;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lines of two flushes in each dialect, byte by byte and sorted: a server adds them up in
 * whatever order they come.
 */
class StatsdGoldenTest {
  private static final int PACKET_BYTES = 1400;

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "telegraf", "graphite", "librato", "etsy"})
  void allCalls(String dialect) throws Exception {
    Golden.isOrBecomes("statsd-" + dialect + ".txt", flushes(dialect, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = "datadog")
  void aSampleOfTheCalls(String dialect) throws Exception {
    Golden.isOrBecomes("statsd-" + dialect + "-sampled.txt", flushes(dialect, 0.3));
  }

  private static String flushes(String dialect, double sampleRate) throws IOException {
    StatsdSettings settings =
        new StatsdSettings(
            "127.0.0.1",
            8125,
            null,
            "wink",
            sampleRate,
            Dialect.of(dialect),
            Map.of("env", "test"),
            true,
            "c0ffee");
    GoldenSnapshots snapshots = GoldenSnapshots.make();
    MetricsSnapshot between = snapshots.second().minus(snapshots.first());
    return lines(settings, snapshots.first()) + "\n" + lines(settings, between);
  }

  private static String lines(StatsdSettings settings, MetricsSnapshot delta) {
    Packets packets = new Packets(PACKET_BYTES);
    new SnapshotLines(settings, () -> 0.4, packets).add(delta);
    return packets.finish().stream()
        .flatMap(packet -> Stream.of(new String(packet, UTF_8).split("\n", -1)))
        .sorted()
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
