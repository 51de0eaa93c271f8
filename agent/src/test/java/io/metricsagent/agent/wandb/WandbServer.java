package io.metricsagent.agent.wandb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks the part of W&B's GraphQL protocol that lists runs: pages by cursor, for one project and
 * one key. Answers that are put into {@link #instead} come first.
 */
public final class WandbServer implements AutoCloseable {
  public static final String KEY = "local-key-0123456789";

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String LOGIN = "Basic YXBpOmxvY2FsLWtleS0wMTIzNDU2Nzg5"; // api:KEY

  /** An answer out of the ordinary. */
  public record Answer(int status, String retryAfter, String body) {}

  public final Deque<Answer> instead = new ArrayDeque<>();

  /** The variables of each request. */
  public final List<JsonNode> variables = new ArrayList<>();

  private final HttpServer http;
  private final List<String> nodes = new ArrayList<>();

  public WandbServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/graphql", this::answer);
    http.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/graphql");
  }

  /** Adds a finished run of half an hour to the project shop/llm; the newest run comes first. */
  public WandbServer run(String id, String name, String createdAt, String summary) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", id).put("displayName", name).put("state", "finished");
    node.put("createdAt", createdAt).put("heartbeatAt", createdAt.replace(":00:00", ":30:00"));
    node.putNull("sweepName").put("summaryMetrics", summary);
    nodes.add(node.toString());
    return this;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    JsonNode request = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    variables.add(request.path("variables"));
    Answer answer = instead.poll();
    if (answer == null) {
      boolean known = LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
      answer = known ? page(request) : new Answer(401, null, "{\"error\": \"no\"}");
    }
    if (answer.retryAfter() != null) {
      exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Answer page(JsonNode request) {
    JsonNode given = request.get("variables");
    ObjectNode data = MAPPER.createObjectNode();
    if (!given.get("entity").asString().equals("shop")
        || !given.get("project").asString().equals("llm")
        || !request.get("query").asString().contains("runs(after: $cursor, first: $perPage")) {
      data.putObject("data").putNull("project");
      return new Answer(200, null, data.toString());
    }
    int from = given.get("cursor").isNull() ? 0 : Integer.parseInt(given.get("cursor").asString());
    int to = Math.min(nodes.size(), from + given.get("perPage").asInt());
    ObjectNode runs = data.putObject("data").putObject("project").putObject("runs");
    var edges = runs.putArray("edges");
    for (String node : nodes.subList(from, to)) {
      edges.addObject().set("node", MAPPER.readTree(node));
    }
    runs.putObject("pageInfo")
        .put("endCursor", Integer.toString(to))
        .put("hasNextPage", to < nodes.size());
    return new Answer(200, null, data.toString());
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
