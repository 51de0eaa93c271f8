package io.metricsagent.agent.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.metricsagent.agent.files.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the route of each request and sends its answer; each failure is answered with a status and
 * one message. Thread-safe.
 *
 * <p>Only requests to a name of this machine are answered. A page of another site, which a browser
 * shows, could otherwise read the answers after it has pointed its own name at this address.
 */
final class ApiHandler implements HttpHandler {
  private static final int OK = 200;

  /** So much of a refused body is passed over, at most. In bytes. */
  private static final long MAX_LEFT = 64 << 20;

  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<ApiRoute> routes;

  ApiHandler(List<ApiRoute> routes) {
    this.routes = List.copyOf(routes);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = OK;
      String json;
      try {
        json = answer(exchange);
      } catch (ApiException e) {
        status = e.status();
        json = error(e.getMessage());
        if (status == ApiException.UNAUTHORIZED) {
          exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
      } catch (IOException | RuntimeException e) {
        status = ApiException.FAILED;
        json = error("the request could not be answered: " + e);
      }
      if (status >= ApiException.BAD_REQUEST) {
        // More of a refused body may be left than is passed over.
        exchange.getResponseHeaders().set("Connection", "close");
      }
      send(exchange, status, json);
    }
  }

  private String answer(HttpExchange exchange) throws IOException, ApiException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !LOCAL_HOSTS.contains(withoutPort(host))) {
      throw new ApiException(
          ApiException.FORBIDDEN, "host " + host + ": ask this server as localhost or 127.0.0.1");
    }
    String path = exchange.getRequestURI().getRawPath();
    ApiRoute route = route(exchange, path == null ? "" : path);
    return route.answer(
        new ApiRequest(
            exchange.getRequestMethod(),
            path,
            exchange.getRequestURI().getRawQuery(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            length(exchange),
            exchange.getRequestBody()));
  }

  private ApiRoute route(HttpExchange exchange, String path) throws ApiException {
    ApiRoute found = null;
    for (ApiRoute route : routes) {
      if (route.matches(path)) {
        found = route;
      }
    }
    if (found == null) {
      String known = routes.stream().map(ApiRoute::pattern).collect(Collectors.joining(", "));
      throw new ApiException(
          ApiException.NOT_FOUND, "there is no such path; the paths are " + known);
    }
    if (!found.method().equals(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", found.method());
      throw new ApiException(
          ApiException.METHOD_NOT_ALLOWED, found.pattern() + ": use " + found.method());
    }
    return found;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  private static long length(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // longer than any limit
    }
  }

  private static String error(String message) {
    StringBuilder json = new StringBuilder("{");
    JsonText.string(JsonText.name(json, "error"), message);
    return json.append('}').toString();
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
        out.flush();
        passOver(exchange.getRequestBody());
      }
    }
  }

  /**
   * Reads what is left of a body. If a connection is closed before, the client gets a reset while
   * it still sends, and never sees the answer.
   */
  private static void passOver(InputStream body) throws IOException {
    byte[] buffer = new byte[8192];
    long left = MAX_LEFT;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = body.read(buffer);
    }
  }
}
