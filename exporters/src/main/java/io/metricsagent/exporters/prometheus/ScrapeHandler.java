package io.metricsagent.exporters.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.FastGzip;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;

/** Answers {@code GET /metrics}. Thread-safe. */
final class ScrapeHandler implements HttpHandler {
  private static final String PATH = "/metrics";
  private static final String BEARER = "Bearer ";

  private final byte[] authorization;
  private final Supplier<MetricsSnapshot> current;

  /**
   * Makes a handler.
   *
   * @param token {@code null} if none is asked for
   */
  ScrapeHandler(String token, Supplier<MetricsSnapshot> current) {
    authorization = token == null ? null : (BEARER + token).getBytes(StandardCharsets.UTF_8);
    this.current = current;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        refuse(exchange, 404, "Metrics are at " + PATH + ".");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "Only GET and HEAD are answered.");
      } else if (!isAuthorized(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        refuse(exchange, 401, "The token of metrics.agent.prometheus.token is asked for.");
      } else {
        answer(exchange, method.equals("HEAD"));
      }
    } catch (RuntimeException | LinkageError e) {
      AgentLog.debug("a scrape failed: " + e, e);
      throw new IOException(e);
    }
  }

  /** Compares in a time that does not tell how much of a token was right. */
  private boolean isAuthorized(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return authorization == null
        || (given != null
            && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8)));
  }

  private void answer(HttpExchange exchange, boolean headersOnly) throws IOException {
    List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
    Format format = Format.preferred(String.join(",", accept));
    exchange.getResponseHeaders().set("Content-Type", format.contentType());
    exchange.getResponseHeaders().set("Vary", "Accept, Accept-Encoding");
    boolean gzip =
        exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()).stream()
            .anyMatch(encodings -> encodings.contains("gzip"));
    if (gzip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    if (headersOnly) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Body body = new Body();
    try (OutputStream out = gzip ? new FastGzip(body) : body) {
      format.write(current.get(), out);
    }
    // With nothing recorded yet the text is empty, for which this server wants -1.
    exchange.sendResponseHeaders(200, body.size() == 0 ? -1 : body.size());
    body.writeTo(exchange.getResponseBody());
  }

  private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
    byte[] body = (words + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
