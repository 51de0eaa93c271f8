package com.example.mcp;

import com.example.threads.VirtualThreads;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tools of a server over HTTP, called with both kinds of client. */
final class HttpCalls {
  private static final Map<String, Object> BOLTS = Map.of("item", "bolts");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final List<String> ONE_BY_ONE =
      List.of(
          "price",
          "price-streamed",
          "broken",
          "broken-streamed",
          "invention",
          "failing",
          "throttled",
          "cut",
          "cut-streamed",
          "forgotten",
          "forgotten");
  private static final List<String> UNANSWERED =
      List.of("malformed", "malformed-streamed", "late", "late-streamed");

  private final String url;

  HttpCalls(String url) {
    this.url = url;
  }

  void all() throws Exception {
    McpSyncClient client = McpClient.sync(transport()).requestTimeout(LONG).build();
    client.initialize();
    System.out.println(client.listTools().tools().size() + " tools");
    calls(ONE_BY_ONE, client::callTool).forEach(Runnable::run);
    atOnce(calls(Collections.nCopies(32, "price"), client::callTool));
    VirtualThreads.run(() -> print("price", client::callTool));

    McpAsyncClient async = McpClient.async(transport()).requestTimeout(LONG).build();
    async.initialize().block();
    calls(ONE_BY_ONE, request -> async.callTool(request).block()).forEach(Runnable::run);
    async.closeGracefully().block();

    McpSyncClient hasty = McpClient.sync(transport()).requestTimeout(SHORT).build();
    hasty.initialize();
    McpAsyncClient hastyAsync = McpClient.async(transport()).requestTimeout(SHORT).build();
    hastyAsync.initialize().block();
    atOnce(
        Stream.concat(
            calls(UNANSWERED, hasty::callTool),
            calls(UNANSWERED, request -> hastyAsync.callTool(request).block())));
    client.ping();
    Thread.sleep(300); // the late answers arrive during this time
    hasty.closeGracefully();
    hastyAsync.closeGracefully().block();
    client.closeGracefully();
  }

  private McpClientTransport transport() {
    return HttpClientStreamableHttpTransport.builder(url).build();
  }

  private static Stream<Runnable> calls(
      List<String> tools, Function<CallToolRequest, CallToolResult> client) {
    return tools.stream().map(tool -> () -> print(tool, client));
  }

  private static void atOnce(Stream<Runnable> calls) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    for (Future<?> call : threads.invokeAll(calls.map(Executors::callable).toList())) {
      call.get();
    }
    threads.shutdown();
  }

  private static void print(String tool, Function<CallToolRequest, CallToolResult> client) {
    try {
      System.out.println(tool + " " + client.apply(new CallToolRequest(tool, BOLTS)).isError());
    } catch (RuntimeException e) {
      System.out.println(tool + " " + e.getClass().getName());
    }
  }
}
