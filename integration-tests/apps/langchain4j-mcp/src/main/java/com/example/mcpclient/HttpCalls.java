package com.example.mcpclient;

import com.example.threads.VirtualThreads;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Tools of a server over HTTP. */
final class HttpCalls {
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
          "forgotten");
  private static final List<String> UNANSWERED =
      List.of("malformed", "malformed-streamed", "late", "late-streamed");

  private final String url;

  HttpCalls(String url) {
    this.url = url;
  }

  void all() throws Exception {
    McpClient client = client(LONG);
    System.out.println(client.listTools().size() + " tools");
    ONE_BY_ONE.forEach(tool -> print(client, tool));
    atOnce(client, Collections.nCopies(32, "price"));
    VirtualThreads.run(() -> print(client, "price"));
    // Runs the tool like an AI service, under a name that the application chose.
    print(
        "ask_plant",
        () ->
            new McpToolExecutor(client, "failing")
                .executeWithContext(request("ask_plant"), InvocationContext.builder().build())
                .isError());

    McpClient hasty = client(SHORT);
    atOnce(hasty, UNANSWERED);
    client.checkHealth(); // a ping
    Thread.sleep(300); // the late answers arrive during this time
    hasty.close();
    client.close();
  }

  private McpClient client(Duration timeout) {
    return DefaultMcpClient.builder()
        .transport(StreamableHttpMcpTransport.builder().url(url).build())
        .toolExecutionTimeout(timeout)
        .autoHealthCheck(false)
        .build();
  }

  private static void atOnce(McpClient client, List<String> tools) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Callable<Object>> calls =
        tools.stream().map(tool -> Executors.callable(() -> print(client, tool))).toList();
    for (Future<?> call : threads.invokeAll(calls)) {
      call.get();
    }
    threads.shutdown();
  }

  private static ToolExecutionRequest request(String tool) {
    return ToolExecutionRequest.builder().name(tool).arguments("{\"item\": \"bolts\"}").build();
  }

  private static void print(McpClient client, String tool) {
    print(tool, () -> client.executeTool(request(tool)).isError());
  }

  private static void print(String tool, Supplier<Boolean> call) {
    try {
      System.out.println(tool + " " + call.get());
    } catch (RuntimeException e) {
      System.out.println(tool + " " + e.getClass().getName());
    }
  }
}
