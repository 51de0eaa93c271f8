package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runs of graphs of LangGraph4j. The models are the application's own; each answer has ten
 * input tokens and three output tokens.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class LangGraph4jRunsIT extends RunScenarios {
  private static final String DESK =
      """
      package com.example.graph;

      import static org.bsc.langgraph4j.StateGraph.END;
      import static org.bsc.langgraph4j.StateGraph.START;
      import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

      import com.example.threads.Crowd;
      import dev.langchain4j.data.message.AiMessage;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.chat.StreamingChatModel;
      import dev.langchain4j.model.chat.request.ChatRequest;
      import dev.langchain4j.model.chat.response.ChatResponse;
      import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
      import dev.langchain4j.data.message.UserMessage;
      import dev.langchain4j.model.output.TokenUsage;
      import java.util.Map;
      import java.util.concurrent.ExecutorService;
      import java.util.concurrent.Executors;
      import org.bsc.async.AsyncGenerator;
      import org.bsc.langgraph4j.CompiledGraph;
      import org.bsc.langgraph4j.NodeOutput;
      import org.bsc.langgraph4j.RunnableConfig;
      import org.bsc.langgraph4j.StateGraph;
      import org.bsc.langgraph4j.action.NodeAction;
      import org.bsc.langgraph4j.langchain4j.generators.StreamingChatGenerator;
      import org.bsc.langgraph4j.state.AgentState;

      public class Desk {
        static final ChatResponse ANSWER =
            ChatResponse.builder()
                .aiMessage(AiMessage.from("Fine"))
                .modelName("own")
                .tokenUsage(new TokenUsage(10, 3))
                .build();

        static final ChatModel MODEL =
            new ChatModel() {
              @Override
              public ChatResponse doChat(ChatRequest request) {
                if (request.toString().contains("fail")) {
                  throw new IllegalStateException("as told");
                }
                return ANSWER;
              }
            };

        static final StreamingChatModel STREAMING =
            new StreamingChatModel() {
              @Override
              public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                new Thread(
                        () -> {
                          handler.onPartialResponse("Fi");
                          handler.onPartialResponse("ne");
                          handler.onCompleteResponse(ANSWER);
                        })
                    .start();
              }
            };

        static NodeAction<AgentState> ask(String question) {
          return state -> Map.of("answer", MODEL.chat(question));
        }

        /** Returns a graph of two nodes, one after the other. */
        static CompiledGraph<AgentState> pair(
            NodeAction<AgentState> first, NodeAction<AgentState> second) throws Exception {
          return new StateGraph<>(AgentState::new)
              .addNode("first", node_async(first))
              .addNode("second", node_async(second))
              .addEdge(START, "first")
              .addEdge("first", "second")
              .addEdge("second", END)
              .compile();
        }

        static NodeAction<AgentState> streamed() {
          return state -> {
            StreamingChatGenerator<AgentState> pieces =
                StreamingChatGenerator.<AgentState>builder()
                    .mapResult(response -> Map.of("answer", "Fine"))
                    .startingNode("first")
                    .startingState(state)
                    .build();
            STREAMING.chat(
                ChatRequest.builder().messages(UserMessage.from("Slowly")).build(),
                pieces.handler());
            return Map.of("_streaming_messages", pieces);
          };
        }

        /** Runs three nodes, two of them at once on threads of the application's. */
        static void parallel() throws Exception {
          ExecutorService threads = Executors.newFixedThreadPool(2);
          CompiledGraph<AgentState> graph =
              new StateGraph<>(AgentState::new)
                  .addNode("first", node_async(ask("Who?")))
                  .addNode("left", node_async(ask("Left?")))
                  .addNode("right", node_async(ask("Right?")))
                  .addNode("last", node_async(ask("Last?")))
                  .addEdge(START, "first")
                  .addEdge("first", "left")
                  .addEdge("first", "right")
                  .addEdge("left", "last")
                  .addEdge("right", "last")
                  .addEdge("last", END)
                  .compile();
          graph.invoke(
              Map.of(), RunnableConfig.builder().addParallelNodeExecutor("first", threads).build());
          threads.shutdown();
        }

        interface Work {
          Object get() throws Exception;
        }

        static void fails(Work work) {
          try {
            work.get();
            System.out.println("no failure");
          } catch (Exception e) {
            System.out.println(e);
          }
        }

        static int read(AsyncGenerator<? extends NodeOutput<AgentState>> outputs) {
          int count = 0;
          for (NodeOutput<AgentState> output : outputs) {
            System.out.println(output.node());
            count++;
          }
          return count;
        }

        public static void main(String[] args) throws Exception {
          CompiledGraph<AgentState> pair = pair(ask("Who?"), ask("Where?"));
          RunnableConfig config = RunnableConfig.builder().threadId("me").build();
          pair.invoke(Map.of());
          pair.invoke(Map.of(), config);
          pair(ask("Who?"), state -> Map.of("all", pair.invoke(Map.of()).isPresent()))
              .invoke(Map.of());
          fails(() -> pair(ask("Who?"), ask("fail")).invoke(Map.of()));

          read(pair.stream(Map.of()));
          read(pair.stream(Map.of(), config));
          pair.stream(Map.of()).forEachAsync(output -> System.out.println(output.node())).get();
          System.out.println(pair.stream(Map.of()).stream().count());
          read(pair(streamed(), ask("Where?")).stream(Map.of()));
          fails(() -> read(pair(ask("Who?"), ask("fail")).stream(Map.of())));
          AsyncGenerator.Cancellable<NodeOutput<AgentState>> given = pair.stream(Map.of(), config);
          given.next();
          given.next().future().join();
          given.cancel(true);

          Crowd.run(32, () -> pair.invoke(Map.of()));
          Crowd.run(32, () -> read(pair.stream(Map.of())));
          parallel();
          System.exit(0); // a thread of LangGraph4j 1.7 lives on
        }
      }
      """;

  /** The requests of whole runs, of failed ones, of the cancelled one, and of parallel nodes. */
  private static final int ANSWERED = 2 * 2 + 3 + 1 + 5 * 2 + 1 + 1 + 2 * 32 + 2 * 32 + 4;

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> execute(OtherMain.of(setup, "com.example.graph.Desk", DESK)));

  LangGraph4jRunsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langgraph4j/newest", "langgraph4j/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "langgraph4j";
  }

  @Override
  Map<String, Integer> endings() {
    return Map.of(
        "CompiledGraph.invoke ok", 3 + 32 + 1,
        "CompiledGraph.invoke failed", 1,
        "CompiledGraph.stream ok", 5 + 32,
        "CompiledGraph.stream failed", 1,
        "CompiledGraph.stream cancelled", 1,
        "process ok", 1);
  }

  /** A graph that a node of another graph invokes is part of that graph's run. */
  @Override
  Map<String, Integer> requests() {
    return Map.of(
        "CompiledGraph.invoke 2",
        2 + 1 + 32 + 1,
        "CompiledGraph.invoke 3",
        1,
        "CompiledGraph.stream 2",
        5 + 1 + 32,
        "process 2",
        1);
  }

  /** Three runs have one thread id: an invocation, a stream, and a stream that is cancelled. */
  @Override
  Map<String, Integer> conversations() {
    return Map.of(
        "CompiledGraph.invoke true", -1,
        "CompiledGraph.stream true", -1,
        "CompiledGraph.stream false", -1,
        "CompiledGraph.invoke false", 1);
  }

  /** The graphs ask models alone. */
  @Override
  Map<String, Integer> tools() {
    return Map.of();
  }

  @Test
  @Override
  void theFiguresAreThoseOfTheServer() {
    long answered = 0;
    long input = 0;
    long output = 0;
    long failed = 0;
    for (var adapter : dump.adapters()) {
      answered += adapter.count("request_count") - adapter.count("error_count");
      input += adapter.count("input_tokens");
      output += adapter.count("output_tokens");
      failed += adapter.count("error_count");
    }
    assertThat(answered).isEqualTo(ANSWERED);
    assertThat(input).isEqualTo(10L * ANSWERED);
    assertThat(output).isEqualTo(3L * ANSWERED);
    assertThat(failed).isEqualTo(2);
  }
}
