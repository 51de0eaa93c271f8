package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A server with sessions over HTTP, called in its own process without HTTP. */
final class StreamableServer implements McpStreamableServerTransportProvider {
  private static final Map<String, Object> BOLTS = Map.of("item", "bolts");

  private final McpJsonMapper mapper;
  private McpStreamableServerSession.Factory sessions;
  private McpStreamableServerSession session;

  private StreamableServer(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  static void callItself() throws ReflectiveOperationException {
    StreamableServer transport = new StreamableServer(McpApp.mapper());
    McpServer.sync(transport)
        .serverInfo("warehouse", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(transport.tool("streamable", false, true), transport.tool("faulty", true, false))
        .build();
    transport.begin();
    transport.call("tools/call", Map.of("name", "streamable", "arguments", BOLTS));
    transport.call("tools/call", Map.of("name", "streamable", "arguments", BOLTS));
    transport.call("tools/call", Map.of("name", "faulty", "arguments", BOLTS));
    transport.call("tools/call", Map.of("name", "streamable-invention", "arguments", BOLTS));
    transport.call("ping", Map.of());
    transport.call("made/up", Map.of());
    transport.call("made/up/too", Map.of());
    transport.session.closeGracefully().block();
  }

  private SyncToolSpecification tool(String name, boolean fails, boolean pings) {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder().name(name).description(name).inputSchema(mapper, Server.SCHEMA).build())
        .callHandler(
            (exchange, request) -> {
              if (pings) {
                exchange.ping();
              }
              return CallToolResult.builder().addTextContent("12").isError(fails).build();
            })
        .build();
  }

  private void begin() {
    var init =
        sessions.startSession(
            new InitializeRequest(
                "2025-06-18",
                ClientCapabilities.builder().build(),
                new Implementation("client", "1")));
    session = init.session();
    System.out.println(init.initResult().block().serverInfo().name());
  }

  private void call(String method, Map<String, Object> parameters) {
    Connection connection = new Connection();
    session.responseStream(new JSONRPCRequest("2.0", method, "1", parameters), connection).block();
    System.out.println(method + " " + (connection.response.error() == null));
  }

  /** The client's side of the connection, which answers the server's requests. */
  private final class Connection implements McpStreamableServerTransport {
    private volatile JSONRPCResponse response;

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      if (message instanceof JSONRPCRequest request) {
        return session.accept(new JSONRPCResponse("2.0", request.id(), Map.of(), null));
      }
      response = (JSONRPCResponse) message;
      return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message, String messageId) {
      return sendMessage(message);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    sessions = factory;
  }

  @Override
  public Mono<Void> notifyClients(String method, Object parameters) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
