package com.example.graph;

import com.example.threads.VirtualThreads;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bsc.langgraph4j.langchain4j.tool.LC4jToolService;

/** {@code java -jar langgraph4j-newest.jar}: the tool service of a graph's nodes. */
public final class GraphApp {
  private GraphApp() {}

  /** The tools of a graph's nodes. */
  static final class Tools {
    @Tool("Works")
    String graphPrice(String item) {
      return item + " cost 0.12 EUR";
    }

    @Tool("Does not")
    String graphBroken(String item) {
      throw new IllegalStateException("no shelf for " + item.length());
    }
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    LC4jToolService service =
        LC4jToolService.builder()
            .toolsFromObject(new Tools())
            .specification(
                ToolSpecification.builder().name("graphLambda").build(),
                (request, memoryId) -> "fine")
            .build();
    run(service, request("graphPrice", "{\"arg0\": \"bolts\", \"item\": \"bolts\"}"));
    run(
        service,
        request("graphPrice", "{\"arg0\": \"nuts\", \"item\": \"nuts\"}"),
        request("graphLambda", "{}"));
    run(service, request("graphBroken", "{\"arg0\": \"bolts\", \"item\": \"bolts\"}"));
    run(service, request("graphUnicorn", "{}"));
    ExecutorService threads = Executors.newFixedThreadPool(32);
    for (int i = 0; i < 32; i++) {
      threads.submit(() -> run(service, request("graphLambda", "{}")));
    }
    threads.shutdown();
    threads.awaitTermination(30, TimeUnit.SECONDS);
    VirtualThreads.run(() -> run(service, request("graphLambda", "{}")));
  }

  private static ToolExecutionRequest request(String tool, String arguments) {
    return ToolExecutionRequest.builder().id(tool).name(tool).arguments(arguments).build();
  }

  private static void run(LC4jToolService service, ToolExecutionRequest... requests) {
    InvocationContext context = InvocationContext.builder().chatMemoryId("me").build();
    try {
      service.execute(List.of(requests), context, "messages").get();
      System.out.println(requests[0].name() + " ran");
    } catch (Exception e) {
      System.out.println(requests[0].name() + " " + e);
    }
  }
}
