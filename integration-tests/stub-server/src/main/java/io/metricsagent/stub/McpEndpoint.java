package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * {@code /mcp}: the Model Context Protocol over HTTP. The name of the tool decides the outcome of a
 * call:
 *
 * <ul>
 *   <li>{@code price}: a result, 50 ms later
 *   <li>{@code broken}: a result that says that the tool failed
 *   <li>{@code failing}: 500
 *   <li>{@code throttled}: 429
 *   <li>{@code malformed}: 200 with a body that is no JSON
 *   <li>{@code cut}: half of a result, and the end of the connection
 *   <li>{@code late}: a result, after the first {@code ping}
 *   <li>{@code forgotten}: every other time 404, which tells a client to begin another session
 *   <li>any other: the error of the protocol for a tool that does not exist
 * </ul>
 *
 * <p>If the name ends in {@code -streamed}, an answer with status 200 is a stream of events.
 */
final class McpEndpoint {
  private static final List<String> TOOLS =
      List.of("price", "broken", "failing", "throttled", "malformed", "cut", "late", "forgotten");
  private static final String STREAMED = "-streamed";
  private static final String TOOLS_CALL = "tools/call";
  private static final String NO_JSON = "{\"jsonrpc\": [ this is no JSON";
  private static final long PRICE_MILLIS = 50;

  private final Ledger ledger;
  private final CountDownLatch pinged = new CountDownLatch(1);
  private final AtomicLong forgotten = new AtomicLong();

  McpEndpoint(Ledger ledger) {
    this.ledger = ledger;
  }

  @SuppressWarnings("unchecked") // the shapes are those of the protocol; another one ends in a 400
  void handle(HttpExchange exchange, String body) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      // The server sends no events but answers, and sessions need not be closed.
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
      return;
    }
    Map<String, Object> message = (Map<String, Object>) Json.read(body);
    Map<String, Object> parameters =
        (Map<String, Object>) message.getOrDefault("params", Map.<String, Object>of());
    String method = (String) message.get("method");
    if (method.equals(TOOLS_CALL)) {
      String tool = (String) parameters.get("name");
      ledger.mcpRequested(method + " " + tool);
      call(exchange, message.get("id"), tool);
    } else {
      ledger.mcpRequested(method);
      answer(exchange, message.get("id"), method, parameters);
    }
  }

  private void answer(
      HttpExchange exchange, Object id, String method, Map<String, Object> parameters)
      throws IOException {
    if (id == null) {
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
      return;
    }
    switch (method) {
      case "initialize" -> {
        exchange.getResponseHeaders().set("Mcp-Session-Id", "1");
        send(exchange, result(id, initialized(parameters)), false);
      }
      case "ping" -> {
        pinged.countDown();
        send(exchange, result(id, Map.of()), false);
      }
      case "tools/list" -> send(exchange, result(id, Map.of("tools", tools())), false);
      default -> send(exchange, error(id, -32601, "Method not found"), false);
    }
  }

  private void call(HttpExchange exchange, Object id, String name) throws IOException {
    boolean streamed = name.endsWith(STREAMED);
    String tool = streamed ? name.substring(0, name.length() - STREAMED.length()) : name;
    switch (tool) {
      case "price" -> {
        StubServer.pause(PRICE_MILLIS);
        send(exchange, result(id, said(false)), streamed);
      }
      case "broken" -> send(exchange, result(id, said(true)), streamed);
      case "failing" -> refuse(exchange, 500, "server_error", "out of order");
      case "throttled" -> refuse(exchange, 429, "rate_limit", "too many requests");
      case "malformed" -> send(exchange, NO_JSON, streamed);
      case "cut" -> {
        byte[] bytes = body(result(id, said(false)), streamed);
        begin(exchange, streamed, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        throw new IOException("breaking off as told"); // the server closes the connection
      }
      case "late" -> {
        awaitPing();
        send(exchange, result(id, said(false)), streamed);
      }
      case "forgotten" -> {
        if (forgotten.getAndIncrement() % 2 == 0) {
          refuse(exchange, 404, "not_found", "no such session");
        } else {
          send(exchange, result(id, said(false)), streamed);
        }
      }
      default -> send(exchange, error(id, -32602, "Unknown tool: " + name), streamed);
    }
  }

  /** Refuses a request by its HTTP status, without an answer of the protocol. */
  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    StubServer.send(exchange, status, StubServer.errorJson(type, message));
  }

  private void awaitPing() {
    try {
      pinged.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, String json, boolean streamed)
      throws IOException {
    byte[] bytes = body(json, streamed);
    begin(exchange, streamed, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void begin(HttpExchange exchange, boolean streamed, int length)
      throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", streamed ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, streamed ? 0 : length);
  }

  private static byte[] body(String json, boolean streamed) {
    String body = streamed ? "event: message\ndata: " + json + "\n\n" : json;
    return body.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> initialized(Map<String, Object> parameters) {
    return Map.of(
        "protocolVersion", parameters.get("protocolVersion"),
        "capabilities", Map.of("tools", Map.of()),
        "serverInfo", Map.of("name", "warehouse", "version", "1"));
  }

  private static List<Object> tools() {
    Map<String, Object> schema = Map.of("type", "object", "properties", Map.of());
    return TOOLS.stream()
        .flatMap(name -> Stream.of(name, name + STREAMED))
        .<Object>map(name -> Map.of("name", name, "description", name, "inputSchema", schema))
        .toList();
  }

  private static Map<String, Object> said(boolean isError) {
    return Map.of(
        "content", List.of(Map.of("type", "text", "text", "0.12 EUR")), "isError", isError);
  }

  private static String result(Object id, Map<String, Object> result) {
    return answer(id, "result", result);
  }

  private static String error(Object id, int code, String message) {
    return answer(id, "error", Map.of("code", code, "message", message));
  }

  private static String answer(Object id, String kind, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put(kind, value);
    return Json.write(answer);
  }
}
