package com.example.mcpclient;

import com.example.threads.VirtualThreads;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Calls the tools of a server; the arguments are the command that starts the server, or {@code
 * http} and its address.
 */
public final class McpClientApp {
  private McpClientApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("http")) {
      new HttpCalls(args[1]).all();
      System.exit(0);
    }
    McpClient client = client(List.of(args));
    client.checkHealth();
    System.out.println(client.listTools().size() + " tools");
    System.out.println(client.listTools().size() + " tools, as before");
    System.out.println(client.listResources().size() + " resources");
    System.out.println(client.readResource("memory://stock").contents().size());
    print(client, "price", "{\"item\": \"bolts\"}");
    print(client, "price", "{\"item\": \"bolts\"}");
    print(client, "price", "this is no JSON");
    print(client, "broken", "{\"item\": \"bolts\"}");
    print(client, "thrower", "{\"item\": \"bolts\"}");
    print(client, "invention-1", "{\"item\": \"bolts\"}");
    print(client, "invention-2", "{\"item\": \"bolts\"}");
    atOnce(client, 32);
    VirtualThreads.run(() -> print(client, "price", "{\"item\": \"nuts\"}"));
    print(client, "slow", "{\"item\": \"bolts\"}");

    // Runs the tool like an AI service, under a name that the application chose.
    InvocationContext context = InvocationContext.builder().build();
    System.out.println(
        new McpToolExecutor(client, "price")
            .executeWithContext(request("ask_shop", "{\"item\": \"bolts\"}"), context)
            .isError());
    try {
      new McpToolExecutor(client, "broken")
          .executeWithContext(request("ask_plant", "{\"item\": \"bolts\"}"), context);
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
    System.out.println(
        new McpToolExecutor(client, "slow")
            .executeWithContext(request("ask_snail", "{\"item\": \"bolts\"}"), context)
            .isError());
    client.close();
    System.exit(0);
  }

  private static void atOnce(McpClient client, int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    List<Future<?>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(threads.submit(() -> print(client, "price", "{\"item\": \"pins\"}")));
    }
    for (Future<?> answer : answers) {
      answer.get();
    }
    threads.shutdown();
  }

  private static McpClient client(List<String> command) {
    return DefaultMcpClient.builder()
        .transport(StdioMcpTransport.builder().command(command).build())
        .initializationTimeout(Duration.ofSeconds(60))
        .toolExecutionTimeout(Duration.ofSeconds(3))
        .autoHealthCheck(false)
        .build();
  }

  private static ToolExecutionRequest request(String tool, String arguments) {
    return ToolExecutionRequest.builder().name(tool).arguments(arguments).build();
  }

  private static void print(McpClient client, String tool, String arguments) {
    try {
      System.out.println(tool + " " + client.executeTool(request(tool, arguments)).isError());
    } catch (RuntimeException e) {
      System.out.println(tool + " " + e.getClass().getName());
    }
  }
}
