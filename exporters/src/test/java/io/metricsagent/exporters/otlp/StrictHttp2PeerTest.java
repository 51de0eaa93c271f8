package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.metricsagent.exporters.otlp.OtlpSettings.Protocol;
import io.metricsagent.exporters.otlp.OtlpSettings.Temporality;
import io.metricsagent.exporters.testing.NodePackages;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer that announces no size of frames, so that 16,384 bytes are the most it has to take, and
 * that enforces it: the HTTP/2 of node.
 */
class StrictHttp2PeerTest {
  private static final int SMALLEST_MAXIMUM = 16_384;

  private final SampleRegistry sample = new SampleRegistry();
  private Process node;
  private BufferedReader output;
  private int port;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(NodePackages.hasNode(), "node is not installed: no peer to send to");
    Path script =
        Files.writeString(
            folder.resolve("peer.cjs"),
            """
            const server = require('http2').createServer();
            server.on('session', session => session.on('error', () => {}));
            server.on('stream', (stream, headers) => {
              let bytes = 0;
              stream.on('error', () => {});
              stream.on('data', data => bytes += data.length);
              stream.on('wantTrailers', () => stream.sendTrailers({'grpc-status': '0'}));
              stream.on('end', () => {
                console.log(JSON.stringify({bytes, headers}));
                stream.respond({':status': 200, 'content-type': 'application/grpc'},
                    {waitForTrailers: true});
                stream.end();
              });
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """);
    node =
        new ProcessBuilder("node", script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    output =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(output.readLine());
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.destroyForcibly();
    }
  }

  private JsonNode export(Map<String, String> headers) throws Exception {
    try (OtlpSink sink =
        OtlpSink.create(
            new OtlpSettings(
                URI.create("http://127.0.0.1:" + port),
                Protocol.GRPC,
                headers,
                false,
                Duration.ofSeconds(20),
                Temporality.CUMULATIVE,
                HistogramAggregation.EXPLICIT,
                Map.of("service.name", "shop"),
                null,
                null,
                null,
                OtlpSettings.Names.GEN_AI,
                false),
            new Timing(System::nanoTime, nanos -> {}, () -> 0.5))) {
      sink.export(sample.snapshot()).toCompletableFuture().join();
    }
    return new JsonMapper().readTree(output.readLine());
  }

  @Test
  void aMessageOfManyFramesArrivesWhole() throws Exception {
    for (int i = 0; i < 200; i++) {
      sample.recordCalls("tool-" + i, 20, 1);
    }
    assertThat(export(Map.of()).get("bytes").asInt()).isGreaterThan(4 * SMALLEST_MAXIMUM);
  }

  /** HTTP/2 has names of headers in lower case alone; settings have them as users write them. */
  @Test
  void headersMayBeWrittenInAnyCase() throws Exception {
    sample.recordEverything();
    JsonNode headers = export(Map.of("Authorization", "Bearer abc")).get("headers");
    assertThat(headers.get("authorization").asString()).isEqualTo("Bearer abc");
  }
}
