package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;

/** Tools on standard input and output. */
final class Server {
  static final String SCHEMA =
      """
      {"type": "object", "properties": {"item": {"type": "string"}}, "required": ["item"]}
      """;

  private final McpJsonMapper mapper;

  Server() throws ReflectiveOperationException {
    mapper = McpApp.mapper();
  }

  void run() throws InterruptedException {
    McpServer.sync(new StdioServerTransportProvider(mapper))
        .serverInfo("warehouse", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
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

  static CallToolResult answer(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  private static CallToolResult slow(McpSyncServerExchange exchange, CallToolRequest request) {
    try {
      Thread.sleep(7000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer("at last");
  }
}
