package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;

/** Tools on standard input and output. */
final class Server {
  static final String SCHEMA =
      """
      {"type": "object", "properties": {"item": {"type": "string"}}, "required": ["item"]}
      """;

  static final String STOCK = "memory://stock";

  private final McpJsonMapper mapper;

  Server() throws ReflectiveOperationException {
    mapper = McpApp.mapper();
  }

  void run() throws InterruptedException {
    McpServer.sync(new StdioServerTransportProvider(mapper))
        .serverInfo("warehouse", "1")
        .capabilities(ServerCapabilities.builder().tools(true).resources(false, false).build())
        .resources(
            new SyncResourceSpecification(
                Resource.builder().uri(STOCK).name("stock").build(), Server::read))
        .tools(
            tool("price", (exchange, request) -> answer("0.12 EUR")),
            tool(
                "broken",
                (exchange, request) ->
                    CallToolResult.builder().addTextContent("out of order").isError(true).build()),
            tool(
                "thrower",
                (exchange, request) -> {
                  throw new IllegalStateException("no such shelf");
                }),
            tool("curious", Server::askBack),
            tool("slow", Server::slow))
        .build();
    new CountDownLatch(1).await(); // the client ends this process
  }

  private SyncToolSpecification tool(
      String name, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    return SyncToolSpecification.builder()
        .tool(Tool.builder().name(name).description(name).inputSchema(mapper, SCHEMA).build())
        .callHandler(handler)
        .build();
  }

  private static ReadResourceResult read(
      McpSyncServerExchange exchange, ReadResourceRequest request) {
    return new ReadResourceResult(
        List.of(new TextResourceContents(request.uri(), "text/plain", "12 bolts")));
  }

  /** Sends two requests from the server to the client. */
  private static CallToolResult askBack(McpSyncServerExchange exchange, CallToolRequest request) {
    exchange.ping();
    return answer(exchange.listRoots().roots().size() + " roots");
  }

  static CallToolResult answer(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  private static CallToolResult slow(McpSyncServerExchange exchange, CallToolRequest request) {
    try {
      Thread.sleep(12_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer("at last");
  }
}
