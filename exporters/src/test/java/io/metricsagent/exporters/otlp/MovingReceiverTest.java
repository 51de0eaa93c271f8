package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.exporters.testing.OtlpReceiver;
import io.metricsagent.exporters.testing.UdpReceiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receiver that goes and comes back at another address, as a container that is started anew does,
 * again and again in ten thousand flushes: nothing piles up, and it gets every call once.
 */
class MovingReceiverTest {
  private static final int MOVES = 20;
  private static final String FLUSHES_AT_ONCE = "100";
  private static final int TIMES_BETWEEN_MOVES = 5;

  /** A snapshot of this registry alone is some kilobytes: ten thousand kept would be far more. */
  private static final long SLACK_BYTES = 3_000_000;

  @TempDir private Path temp;
  private Path hosts;
  private OtlpReceiver otlp;
  private UdpReceiver statsd;
  private long otlpCalls;
  private long statsdCalls;

  private void open(String address, int otlpPort, int statsdPort) throws IOException {
    otlp = new OtlpReceiver(InetAddress.getByName(address), otlpPort);
    statsd = new UdpReceiver(InetAddress.getByName(address), statsdPort);
    Files.writeString(hosts, address + " collector.test\n");
  }

  private void close() {
    otlp.close();
    statsd.close();
  }

  private Process start(int otlpPort, int statsdPort) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + hosts,
            "-Dsun.net.inetaddr.ttl=0",
            "-cp",
            System.getProperty("java.class.path"),
            FlushingMain.class.getName(),
            "collector.test",
            Integer.toString(otlpPort),
            Integer.toString(statsdPort))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long ask(String line, Writer to, BufferedReader from) throws IOException {
    to.write(line + "\n");
    to.flush();
    return Long.parseLong(from.readLine());
  }

  private void count() {
    otlpCalls +=
        otlp.received().stream()
            .mapToLong(
                received -> received.metric("wink.tool.calls").getSum().getDataPoints(0).getAsInt())
            .sum();
    otlp.forget();
    statsdCalls +=
        statsd.lines().stream()
            .filter(line -> line.startsWith("wink.tool.calls:"))
            .mapToLong(line -> Long.parseLong(line.split("[:|]", -1)[1]))
            .sum();
  }

  @Test
  void itIsFoundAgainAndHasEveryCall() throws Exception {
    hosts = temp.resolve("hosts");
    open("127.0.0.1", 0, 0);
    int otlpPort = otlp.httpEndpoint().getPort();
    int statsdPort = statsd.port();
    Process java = start(otlpPort, statsdPort);
    long before = 0;
    long after = 0;
    long calls = 0;
    try (Writer to = java.outputWriter();
        BufferedReader from = java.inputReader()) {
      for (int move = 1; move <= MOVES; move++) {
        for (int i = 0; i < TIMES_BETWEEN_MOVES; i++) {
          assertThat(ask(FLUSHES_AT_ONCE, to, from)).as("failures").isZero();
          calls += Integer.parseInt(FLUSHES_AT_ONCE);
          count();
          assertThat(otlpCalls).isEqualTo(calls);
          assertThat(statsdCalls).isEqualTo(calls);
        }
        after = ask("heap", to, from);
        before = move == 1 ? after : before;
        close();
        assertThat(ask("1", to, from)).as("failures of both while it is away").isEqualTo(2);
        calls++;
        open(move % 2 == 0 ? "127.0.0.1" : "127.0.0.2", otlpPort, statsdPort);
      }
      assertThat(after - before).isLessThan(SLACK_BYTES);
    } finally {
      close();
      java.destroy();
    }
  }
}
