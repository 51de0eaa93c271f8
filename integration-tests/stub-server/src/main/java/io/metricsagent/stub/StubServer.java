package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server with the APIs of OpenAI (also in Azure's form), Anthropic, Ollama, Gemini (also in
 * Vertex AI's form) and Bedrock, and with tools of the Model Context Protocol. It listens on
 * 127.0.0.1, in a process of its own or within a test.
 *
 * <p>{@code java -jar stub-server.jar --port 0} prints the port it got and runs until it is killed.
 * {@code GET /ledger} returns its accounts; see {@link Ledger#toJson}.
 */
public final class StubServer implements AutoCloseable {
  static {
    // Otherwise each small chunk would wait for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "stub-server");
            thread.setDaemon(true);
            return thread;
          });
  private final Ledger ledger = new Ledger();

  private StubServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ChatEndpoint chat = new ChatEndpoint(ledger, new Api.Completions());
    DeploymentsEndpoint deployments = new DeploymentsEndpoint(ledger);
    ChatEndpoint responses = new ChatEndpoint(ledger, new ResponsesApi());
    ChatEndpoint messages = new ChatEndpoint(ledger, new MessagesApi());
    BedrockEndpoint bedrock = new BedrockEndpoint(ledger);
    GeminiEndpoint gemini = new GeminiEndpoint(ledger);
    ChatEndpoint vertex = new ChatEndpoint(ledger, new VertexApi());
    server.createContext("/v1/chat/completions", exchange -> post(exchange, chat::handle));
    server.createContext("/openai/deployments/", exchange -> post(exchange, deployments::handle));
    server.createContext("/v1/responses", exchange -> post(exchange, responses::handle));
    server.createContext("/v1/messages", exchange -> post(exchange, messages::handle));
    ChatEndpoint ollama = new ChatEndpoint(ledger, new OllamaApi());
    server.createContext("/api/chat", exchange -> post(exchange, ollama::handle));
    server.createContext("/v1beta/models/", exchange -> post(exchange, gemini::handle));
    server.createContext("/v1/projects/", exchange -> post(exchange, vertex::handle));
    server.createContext("/model/", exchange -> post(exchange, bedrock::handle));
    EmbeddingsEndpoint embeddings = new EmbeddingsEndpoint(ledger, new EmbeddingsApi.OpenAi());
    server.createContext("/v1/embeddings", exchange -> post(exchange, embeddings::handle));
    EmbeddingsEndpoint embed = new EmbeddingsEndpoint(ledger, new EmbeddingsApi.Ollama());
    server.createContext("/api/embed", exchange -> post(exchange, embed::handle));
    McpEndpoint mcp = new McpEndpoint(ledger);
    server.createContext("/mcp", exchange -> post(exchange, mcp::handle));
    server.createContext("/ledger", exchange -> send(exchange, 200, ledger.toJson()));
    server.setExecutor(threads);
    server.start();
  }

  /** Starts a server; port 0 stands for any free port. */
  public static StubServer start(int port) throws IOException {
    return new StubServer(port);
  }

  /** Prints the port and serves until the process is killed. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !args[0].equals("--port")) {
      System.err.println("usage: java -jar stub-server.jar --port <port, or 0 for any>");
      System.exit(2);
    }
    System.out.println(start(Integer.parseInt(args[1])).port());
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns the base URL for clients of OpenAI. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  /** Returns the URL for clients of the Model Context Protocol. */
  public String mcpUrl() {
    return "http://127.0.0.1:" + port() + "/mcp";
  }

  /** Returns the accounts, which the server goes on updating. */
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Endpoint {
    void handle(HttpExchange exchange, String body) throws IOException;
  }

  private static void post(HttpExchange exchange, Endpoint endpoint) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      endpoint.handle(exchange, body);
    } catch (RuntimeException e) {
      send(exchange, 400, errorJson("invalid_request_error", e.toString()));
    }
  }

  static String errorJson(String type, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type);
    error.put("code", type);
    return Json.write(Map.of("error", error));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
