package com.example.mcp;

import com.example.threads.VirtualThreads;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls the tools in every possible way, and the other methods of the protocol. */
final class Calls {
  private static final Map<String, Object> BOLTS = Map.of("item", "bolts");

  private final List<String> command;

  Calls(List<String> command) {
    this.command = command;
  }

  void all() throws Exception {
    McpSyncClient client =
        McpClient.sync(transport())
            .requestTimeout(seconds(30))
            .capabilities(ClientCapabilities.builder().roots(true).build())
            .roots(new Root("file:///stock", "stock"))
            .build();
    client.initialize();
    otherMethods(client);
    for (int i = 0; i < 3; i++) {
      print(client, "price", BOLTS);
    }
    print(client, "broken", BOLTS);
    print(client, "thrower", BOLTS);
    print(client, "price", Map.of()); // from 2.0 on, the server refuses this call
    for (int i = 0; i < 3; i++) {
      print(client, "invention-" + i, BOLTS);
    }
    VirtualThreads.run(() -> print(client, "price", BOLTS));
    client.closeGracefully();

    McpAsyncClient async = McpClient.async(transport()).requestTimeout(seconds(30)).build();
    async.initialize().block();
    System.out.println(async.callTool(new CallToolRequest("price", BOLTS)).block().isError());
    Mono<CallToolResult> twice = async.callTool(new CallToolRequest("price", BOLTS));
    System.out.println(twice.block().isError() + " " + twice.block().isError());
    System.out.println(async.callTool(new CallToolRequest("broken", BOLTS)).block().isError());
    Mono<CallToolResult> never = async.callTool(new CallToolRequest("never", BOLTS));
    System.out.println(never != null);
    concurrently(async);
    Disposable cancelled = async.callTool(new CallToolRequest("slow", BOLTS)).subscribe();
    Thread.sleep(300);
    cancelled.dispose();
    async.closeGracefully().block();

    McpSyncClient hasty = McpClient.sync(transport()).requestTimeout(seconds(10)).build();
    hasty.initialize();
    print(hasty, "slow", BOLTS);
    hasty.closeGracefully();
    atOnce();
  }

  /** Makes 32 calls in parallel, and calls on virtual threads, with both kinds of client. */
  private static void atOnce() throws Exception {
    McpSyncClient client = McpClient.sync(new Loopback()).requestTimeout(seconds(30)).build();
    client.initialize();
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      calls.add(threads.submit(() -> print(client, "at-once", BOLTS)));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    threads.shutdown();
    for (int i = 0; i < 4; i++) {
      VirtualThreads.run(() -> print(client, "virtual", BOLTS));
    }
    client.closeGracefully();

    McpAsyncClient async = McpClient.async(new Loopback()).requestTimeout(seconds(30)).build();
    async.initialize().block();
    System.out.println(
        Flux.range(0, 32)
            .flatMap(i -> async.callTool(new CallToolRequest("at-once-async", BOLTS)), 32)
            .filter(result -> !result.isError())
            .count()
            .block());
    for (int i = 0; i < 4; i++) {
      VirtualThreads.run(
          () ->
              System.out.println(
                  async.callTool(new CallToolRequest("virtual-async", BOLTS)).block().isError()));
    }
    async.closeGracefully().block();
  }

  private static void otherMethods(McpSyncClient client) {
    client.ping();
    System.out.println(client.listTools().tools().size() + " tools");
    System.out.println(client.listResources().resources().size() + " resources");
    read(client, Server.STOCK);
    read(client, "memory://nothing");
    print(client, "curious", BOLTS);
  }

  private static void read(McpSyncClient client, String uri) {
    try {
      System.out.println(client.readResource(new ReadResourceRequest(uri)).contents().size());
    } catch (RuntimeException e) {
      System.out.println(uri + " " + e.getClass().getSimpleName());
    }
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private McpClientTransport transport() throws ReflectiveOperationException {
    ServerParameters parameters =
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size())).build();
    return new StdioClientTransport(parameters, McpApp.mapper());
  }

  private static void print(McpSyncClient client, String tool, Map<String, Object> arguments) {
    try {
      CallToolResult result = client.callTool(new CallToolRequest(tool, arguments));
      System.out.println(tool + " " + result.isError());
    } catch (RuntimeException e) {
      System.out.println(tool + " " + e.getClass().getSimpleName());
    }
  }

  /**
   * Makes 32 calls, in parallel from 2.0 on: before, the transports of both sides take one message
   * at a time.
   */
  private static void concurrently(McpAsyncClient client) {
    int atOnce = isBefore2() ? 1 : 32;
    System.out.println(
        Flux.range(0, 32)
            .flatMap(i -> client.callTool(new CallToolRequest("price", BOLTS)), atOnce)
            .filter(result -> !result.isError())
            .count()
            .block());
  }

  private static boolean isBefore2() {
    try {
      Class.forName("io.modelcontextprotocol.util.ToolInputValidator");
      return false;
    } catch (ClassNotFoundException e) {
      return true;
    }
  }
}
