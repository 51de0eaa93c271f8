package io.metricsagent.exporters.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus server on 127.0.0.1 that scrapes ports every second. */
public final class PrometheusServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final int port = Ports.free();

  /** Starts a server that scrapes one port. */
  public PrometheusServer(int target, String token, boolean nativeHistograms) throws IOException {
    this(List.of(target), token, nativeHistograms);
  }

  /**
   * Starts a server.
   *
   * @param targets the ports to scrape
   * @param token what to bear, or {@code null}
   * @param nativeHistograms whether it asks for them, which is whether it asks for protobuf
   */
  public PrometheusServer(List<Integer> targets, String token, boolean nativeHistograms)
      throws IOException {
    Path folder = Files.createTempDirectory("prometheus");
    Path config = folder.resolve("prometheus.yml");
    log = folder.resolve("log");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 900ms}
        scrape_configs:
          - job_name: agent
            static_configs: [{targets: [%s]}]
        """
                .formatted(
                    targets.stream()
                        .map(target -> "'127.0.0.1:" + target + "'")
                        .collect(Collectors.joining(", ")))
            + (token == null ? "" : "    authorization: {credentials: '" + token + "'}\n"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
    command.add(
        "--enable-feature=exemplar-storage" + (nativeHistograms ? ",native-histograms" : ""));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Returns whether Prometheus and its promtool are installed. */
  public static boolean isAvailable() {
    try {
      for (String tool : List.of("prometheus", "promtool")) {
        Process version =
            new ProcessBuilder(tool, "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (version.waitFor() != 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Asks until there is an answer: the first scrape is some 5 s after the start.
   *
   * @return the result's elements, at least one
   */
  public JsonNode query(String expression) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    String problem = "nothing asked yet";
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        JsonNode result = get("query?query=" + encode(expression)).path("data").path("result");
        if (!result.isEmpty()) {
          return result;
        }
        problem = get("targets").toString();
      } catch (IOException e) {
        problem = e.toString();
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError(
        "no result for " + expression + ": " + problem + "\n" + Files.readString(log));
  }

  /** Returns what the server says of a metric: type, help and unit. */
  public JsonNode metadata(String metric) throws IOException, InterruptedException {
    return get("metadata?metric=" + encode(metric)).path("data").path(metric).path(0);
  }

  /** Returns the exemplars of the series that a selector matches, of the last hour. */
  public JsonNode exemplars(String selector) throws IOException, InterruptedException {
    long now = System.currentTimeMillis() / 1000;
    return get("query_exemplars?query="
            + encode(selector)
            + "&start="
            + (now - 3600)
            + "&end="
            + (now + 60))
        .path("data");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body()); // also while it starts
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
