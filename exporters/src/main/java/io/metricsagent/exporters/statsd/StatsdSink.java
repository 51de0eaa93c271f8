package io.metricsagent.exporters.statsd;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.SinkThread;
import io.metricsagent.exporters.SnapshotDelta;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Sends what was recorded since the last flush over UDP or a Unix stream socket: counters as {@code
 * |c}, latencies as {@code |ms}, gauges as {@code |g}.
 *
 * <p>No packet is sent twice, and packets that the socket refused are not lost: they wait for the
 * next export, and no newer ones are made before they are sent. So the sink never has more than the
 * packets of one flush in memory. Packets that UDP loses on the way cannot be noticed.
 *
 * <p>Of latencies, a server gets at most slightly more than {@value SnapshotLines#MAX_TIMING_LINES}
 * lines for each series and flush. Their count is exact, their sum is within 0.1 % and their 99th
 * percentile within 3 % of the registry's; see {@link Representatives}. With a sample rate below 1
 * the server gets that share of counts and lines, with the rate; gauges are never sampled.
 *
 * <p>Figures about the sink itself follow as {@code metrics.agent.statsd.packets_sent}, {@code
 * bytes_sent}, {@code packets_refused} and {@code lines_dropped}, one flush later.
 *
 * <p>{@link #export} returns at once; a daemon thread, which ends when it is idle, makes and sends
 * the packets. The counters may be read by any thread.
 */
public final class StatsdSink implements MetricsSink {
  private final StatsdSettings settings;
  private final DoubleSupplier random;
  private final StatsdConnection connection;
  private final SinkThread thread = new SinkThread("metrics-agent-statsd");

  // The following fields belong to the sending thread.
  private final Deque<byte[]> unsent = new ArrayDeque<>();
  private MetricsSnapshot sent;
  private Statistics told = new Statistics(0, 0, 0, 0);

  private volatile Statistics statistics = new Statistics(0, 0, 0, 0);

  /**
   * What the sink has done so far.
   *
   * @param packetsSent packets handed to the network
   * @param bytesSent the bytes in these packets
   * @param packetsRefused failed attempts to send a packet, which is then sent again later
   * @param linesDropped lines that were longer than a packet
   */
  public record Statistics(
      long packetsSent, long bytesSent, long packetsRefused, long linesDropped) {
    private Statistics minus(Statistics earlier) {
      return new Statistics(
          packetsSent - earlier.packetsSent,
          bytesSent - earlier.bytesSent,
          packetsRefused - earlier.packetsRefused,
          linesDropped - earlier.linesDropped);
    }
  }

  /** Makes a sink that opens no socket and starts no thread before its first export. */
  public StatsdSink(StatsdSettings settings) {
    this(settings, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
  }

  StatsdSink(StatsdSettings settings, DoubleSupplier random, LongSupplier nanoTime) {
    this.settings = settings;
    this.random = random;
    connection =
        settings.socket() == null
            ? new UdpConnection(settings.host(), settings.port(), nanoTime)
            : new UnixConnection(settings.socket().toPath(), nanoTime);
  }

  @Override
  public String name() {
    return "statsd";
  }

  /** Returns what the sink has done so far. */
  public Statistics statistics() {
    return statistics;
  }

  @Override
  public CompletionStage<?> export(MetricsSnapshot snapshot) {
    return thread.run(
        () -> {
          try {
            sendUnsent();
            prepare(snapshot);
            sendUnsent();
          } catch (IOException | RuntimeException e) {
            throw failure(e);
          }
          return null;
        });
  }

  private void prepare(MetricsSnapshot snapshot) {
    Packets packets = new Packets(connection.maxBytes());
    SnapshotLines lines = new SnapshotLines(settings, random, packets);
    lines.add(SnapshotDelta.since(snapshot, sent));
    Statistics now = statistics;
    lines.add(now.minus(told), snapshot.workerId());
    unsent.addAll(packets.finish());
    sent = snapshot;
    told = now;
    count(0, 0, 0, packets.dropped());
  }

  private void sendUnsent() throws IOException {
    while (!unsent.isEmpty()) {
      byte[] packet = unsent.peek();
      try {
        connection.send(packet);
        if (unsent.size() == 1) {
          connection.settle();
        }
      } catch (IOException | RuntimeException e) {
        count(0, 0, 1, 0);
        throw e;
      }
      unsent.remove();
      count(1, packet.length, 0, 0);
    }
  }

  private void count(long packets, long bytes, long refused, long dropped) {
    Statistics before = statistics;
    statistics =
        new Statistics(
            before.packetsSent + packets,
            before.bytesSent + bytes,
            before.packetsRefused + refused,
            before.linesDropped + dropped);
  }

  private IOException failure(Throwable e) {
    String reason =
        e instanceof PortUnreachableException
            ? "nothing listens on that port"
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException(
        "cannot send StatsD metrics to "
            + connection.target()
            + ": "
            + reason
            + "; they are kept and sent with the next flush; check "
            + (settings.socket() == null
                ? "metrics.agent.statsd.host and .port"
                : "DD_DOGSTATSD_URL"),
        e);
  }

  @Override
  public void close() {
    thread.end(connection::close);
  }
}
