package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server on a Unix stream socket reads packets by their lengths. */
class UnixConnectionTest {
  private final SampleRegistry sample = new SampleRegistry();
  private Path folder;
  private Path socket;
  private StatsdSink sink;

  @BeforeEach
  void make() throws IOException {
    // Not a @TempDir: the path of a socket has to be shorter than 108 bytes.
    folder = Files.createTempDirectory("dsd");
    socket = folder.resolve("s");
    sink =
        new StatsdSink(
            new StatsdSettings(
                "unused", 1, socket.toFile(), "wink", 1, Dialect.DATADOG, Map.of(), false, null));
  }

  @AfterEach
  void clean() throws IOException {
    sink.close();
    Files.deleteIfExists(socket);
    Files.delete(folder);
  }

  private void export() {
    sink.export(sample.snapshot()).toCompletableFuture().join();
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    return server;
  }

  /** Reads so many lines, in packets. */
  private static CompletableFuture<List<String>> read(ServerSocketChannel server, int lines) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> packets = new ArrayList<>();
          try (SocketChannel client = server.accept();
              DataInputStream in = new DataInputStream(Channels.newInputStream(client))) {
            for (int left = lines; left > 0; ) {
              byte[] packet = new byte[Integer.reverseBytes(in.readInt())];
              in.readFully(packet);
              String text = new String(packet, StandardCharsets.UTF_8);
              packets.add(text);
              left -= (int) text.lines().count();
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return packets;
        });
  }

  @Test
  void packetsOfUpTo8192BytesComeAfterTheirLengths() throws Exception {
    sample.recordCalls("search", 900, 1);
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<List<String>> read = read(server, 901);
      export();
      List<String> packets = read.join();
      assertThat(packets).hasSizeGreaterThan(3).allMatch(packet -> packet.length() <= 8192);
      assertThat(packets.get(0).length()).isGreaterThan(8100);
      assertThat(packets.stream().flatMap(String::lines))
          .hasSize(901)
          .contains("wink.tool.calls:900|c|#tool:search,worker:worker-1");
    }
  }

  @Test
  void whatAMissingServerCouldNotTakeIsSentWhenItIsBack() throws Exception {
    sample.registry().recordToolCall("search", 12, true, null);
    assertThatThrownBy(this::export)
        .hasMessageContaining("cannot send StatsD metrics to unixstream://" + socket)
        .hasMessageContaining("DD_DOGSTATSD_URL");
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<List<String>> read = read(server, 5);
      export();
      List<String> packets = read.join();
      assertThat(packets).hasSize(2);
      assertThat(packets.get(0))
          .isEqualTo(
              "wink.tool.latency_ms:12|ms|#tool:search,worker:worker-1\n"
                  + "wink.tool.calls:1|c|#tool:search,worker:worker-1");
      assertThat(packets.get(1).lines())
          .contains("metrics.agent.statsd.packets_refused:1|c|#worker:worker-1");
    }
  }
}
