package com.example.modern;

import io.modelcontextprotocol.modern.client.McpAsyncClient;
import io.modelcontextprotocol.modern.client.McpClient;
import io.modelcontextprotocol.modern.client.McpSyncClient;
import io.modelcontextprotocol.modern.client.transport.HttpClientMcpTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code java -jar mcp-modern.jar <address of another server>}. */
public final class ModernApp {
  private static final Map<String, Object> BOLTS = Map.of("item", "bolts");
  private static final List<String> TOOLS =
      List.of("price", "broken", "thrower", "streamed", "streamed-broken", "invention");

  private ModernApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Warehouse warehouse = new Warehouse();
    McpSyncClient client = McpClient.sync(warehouse).build();
    System.out.println(client.discover() != null);
    System.out.println(client.tools().list().tools().size());
    for (String tool : TOOLS) {
      print(tool, () -> client.tool(tool).arguments(BOLTS).call().isError());
    }
    print("once", () -> client.tool("price").arguments(BOLTS).callOnce().resultType());
    print("wrong", () -> client.tool("price").arguments(Map.of("bolts", 1)).call().isError());
    print(
        "slow",
        () ->
            client
                .tool("slow")
                .arguments(BOLTS)
                .callTimeout(Duration.ofMillis(300))
                .call()
                .isError());

    McpAsyncClient async = McpClient.async(warehouse).build();
    for (String tool : TOOLS) {
      print(tool, () -> async.tool(tool).arguments(BOLTS).call().block().isError());
    }
    Mono<?> price = async.tool("price").arguments(BOLTS).call();
    Flux.range(0, 32).flatMap(i -> price).blockLast();
    async.tool("never").arguments(BOLTS).call();

    McpSyncClient http = McpClient.sync(HttpClientMcpTransport.builder(args[0]).build()).build();
    for (String tool : List.of("failing", "throttled")) {
      print(tool, () -> http.tool(tool).arguments(BOLTS).call().isError());
    }
    System.exit(0); // Reactor's threads live on
  }

  private static void print(String what, Callable<?> call) {
    try {
      System.out.println(what + " " + call.call());
    } catch (Exception e) {
      System.out.println(what + " " + e.getClass().getName() + " " + e.getMessage());
    }
  }
}
