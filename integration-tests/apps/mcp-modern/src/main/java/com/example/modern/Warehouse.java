package com.example.modern;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.modern.JsonRpc.JSONRPCMessage;
import io.modelcontextprotocol.modern.McpSchema.CallToolOutcome;
import io.modelcontextprotocol.modern.McpSchema.CallToolResult;
import io.modelcontextprotocol.modern.McpSchema.Implementation;
import io.modelcontextprotocol.modern.McpSchema.TextContent;
import io.modelcontextprotocol.modern.McpSchema.Tool;
import io.modelcontextprotocol.modern.client.transport.McpClientTransport;
import io.modelcontextprotocol.modern.client.transport.McpTransportRequest;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/** A server in this process, and a client's transport to it. */
final class Warehouse implements McpSyncToolRepository, McpClientTransport {
  private static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("item", Map.of("type", "string")),
          "required",
          List.of("item"));

  private final Map<String, McpSyncTool> tools = new LinkedHashMap<>();
  private final McpServer server;

  Warehouse() {
    tool("price", context -> McpSyncResponse.result(said("0.12 EUR", false)));
    tool("broken", context -> McpSyncResponse.result(said("out of order", true)));
    tool(
        "thrower",
        context -> {
          throw new IllegalStateException("no such shelf");
        });
    tool(
        "streamed",
        context ->
            McpSyncResponse.streaming(
                notifier -> {
                  notifier.progress(1, 2.0, "half");
                  pause(50);
                  return said("all", false);
                }));
    tool("streamed-broken", context -> McpSyncResponse.streaming(n -> said("none", true)));
    tool(
        "slow",
        context -> {
          pause(3000);
          return McpSyncResponse.result(said("at last", false));
        });
    server =
        McpServer.builder()
            .serverInfo(Implementation.builder("warehouse", "1").build())
            .feature(ToolsFeature.ofSync(this))
            .build();
  }

  /** The code of a tool. */
  private interface Body {
    McpSyncResponse<CallToolOutcome> run(McpRequestContext context);
  }

  private void tool(String name, Body body) {
    tools.put(
        name,
        McpSyncTool.of(
            Tool.builder(name, SCHEMA).description(name).build(),
            (context, request) -> body.run(context)));
  }

  private static CallToolOutcome said(String text, boolean error) {
    return CallToolResult.builder()
        .addContent(TextContent.builder(text).build())
        .isError(error)
        .build();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ToolsPage list(McpRequestContext context, String cursor) {
    return ToolsPage.of(tools.values().stream().map(McpSyncTool::definition).toList());
  }

  @Override
  public McpSyncTool find(McpRequestContext context, String name) {
    return tools.get(name);
  }

  @Override
  public Flux<JSONRPCMessage> exchange(McpTransportRequest request) {
    return server
        .handle(McpTransportContext.EMPTY, request.message())
        .flatMapMany(Warehouse::messages);
  }

  private static Flux<JSONRPCMessage> messages(McpTransportResponse response) {
    if (response instanceof McpTransportResponse.Streaming streaming) {
      return streaming.messages();
    }
    return Flux.just(
        response instanceof McpTransportResponse.Error error
            ? error.response()
            : ((McpTransportResponse.Result) response).response());
  }
}
