package com.example.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;

/** A server without sessions, called in its own process. */
final class StatelessServer implements McpStatelessServerTransport {
  private McpStatelessServerHandler handler;

  static void callItself() throws Exception {
    StatelessServer transport = new StatelessServer();
    McpServer.sync(transport)
        .serverInfo("warehouse", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(tool("stateless"), tool("stateless-at-once"))
        .build();
    transport.call("stateless", Map.of("item", "bolts"));
    transport.call("stateless", Map.of("item", "nuts"));
    transport.call("stateless-invention", Map.of("item", "nuts"));
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      calls.add(threads.submit(() -> transport.call("stateless-at-once", Map.of("item", "nuts"))));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    threads.shutdown();
  }

  private static SyncToolSpecification tool(String name) throws ReflectiveOperationException {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder()
                .name(name)
                .description(name)
                .inputSchema(McpApp.mapper(), Server.SCHEMA)
                .build())
        .callHandler((context, request) -> Server.answer("12"))
        .build();
  }

  private void call(String tool, Map<String, Object> arguments) {
    System.out.println(
        handler
                .handleRequest(
                    McpTransportContext.EMPTY,
                    new JSONRPCRequest(
                        "2.0", "tools/call", "1", Map.of("name", tool, "arguments", arguments)))
                .block()
                .error()
            == null);
  }

  @Override
  public void setMcpHandler(McpStatelessServerHandler mcpHandler) {
    handler = mcpHandler;
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
