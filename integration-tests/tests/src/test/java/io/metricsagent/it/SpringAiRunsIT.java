package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The runs of Spring AI's {@code ChatClient}. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class SpringAiRunsIT extends RunScenarios {
  private static final String DESK =
      """
      package com.example.spring;

      import com.example.threads.Crowd;
      import java.time.Duration;
      import org.springframework.ai.chat.client.ChatClient;
      import org.springframework.ai.converter.ListOutputConverter;
      import org.springframework.ai.tool.annotation.Tool;
      import reactor.core.publisher.Flux;

      public class Desk {
        static final String STORY = "Tell me about the history of this warehouse";
        static final Duration PATIENCE = Duration.ofSeconds(30);
        static Models models;

        static ChatClient client(String model) {
          return ChatClient.create(models.chat(model, 2, PATIENCE));
        }

        static ChatClient.ChatClientRequestSpec ask(String model, String question) {
          return client(model).prompt().user(question);
        }

        static class Expert {
          @Tool(description = "Asks an expert")
          public String expert(String item) {
            return ask("expert", "What is " + item + "?").call().content();
          }
        }

        static class Shelf {
          @Tool(description = "Number of pieces")
          public int stock(String item) {
            return 12;
          }
        }

        interface Answer {
          Object get();
        }

        static void fails(Answer answer) {
          try {
            answer.get();
            System.out.println("no failure");
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getName());
          }
        }

        public static void main(String[] args) throws Exception {
          models = new Models(args[0]);
          ask("success", "Who are you?").call().content();
          ask("success", "What do you sell?").call().chatResponse();
          ask("success", "When do you open?").call().chatClientResponse();
          ask("success", "Which bolts?").call().entity(new ListOutputConverter());
          ask("success", "Which nuts?").call().responseEntity(new ListOutputConverter());
          ask("throttled", "Busy? [throttle once]").call().content();
          ask("tools", "How much? [use price item=bolts] [use stock item=bolts]")
              .tools(new Tools(), new Shelf())
              .call()
              .content();
          ask("asker", "What? [use expert item=bolts]").tools(new Expert()).call().content();
          fails(() -> ask("failed", "Are you well? [fail]").call().content());

          ask("late", STORY + " [late 300]").stream().chatResponse().blockLast(PATIENCE);
          ask("success", STORY).stream().chatClientResponse().blockLast(PATIENCE);
          Flux<String> twice = ask("streamed", STORY).stream().content();
          twice.collectList().block(PATIENCE);
          fails(() -> twice.count().block(PATIENCE)); // in Spring AI 1
          ask("unsubscribed", STORY).stream().content();
          ask("cancelled", STORY).stream().content().take(2).count().block(PATIENCE);
          fails(() -> ask("broken", "Well? [fail]").stream().content().blockLast(PATIENCE));
          ask("tools-streamed", "How much? [use price item=bolts]")
              .tools(new Tools())
              .stream()
              .content()
              .blockLast(PATIENCE);

          ChatClient crowd = client("crowd");
          Crowd.run(32, () -> crowd.prompt().user("Where?").call().content());
          ChatClient live = client("live");
          Crowd.run(
              32, () -> live.prompt().user(STORY).stream().content().blockLast(PATIENCE));
          System.exit(0); // OkHttp's threads live on for a minute
        }
      }
      """;

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> execute(OtherMain.of(setup, "com.example.spring.Desk", DESK)));

  private final Setup setup;

  SpringAiRunsIT(Setup setup) {
    this.setup = setup;
  }

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("spring-ai/newest", "spring-ai/1.1", "spring-ai/1.0"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "spring-ai";
  }

  /** In Spring AI 1.0, tools of a stream run on threads that nothing ties to the stream. */
  private boolean losesToolsOfStreams() {
    return setup.app().endsWith("/1.0");
  }

  /** In Spring AI 1, a stream has no second subscription: the run of that one fails. */
  private int secondSubscriptions() {
    return setup.isNewest() ? 1 : 0;
  }

  @Override
  Map<String, Integer> endings() {
    Map<String, Integer> endings = new TreeMap<>();
    endings.put("ChatClient.call ok", 8 + 32);
    endings.put("ChatClient.call failed", 1);
    endings.put("ChatClient.stream ok", 4 + secondSubscriptions() + 32);
    endings.put("ChatClient.stream failed", 2 - secondSubscriptions());
    endings.put("ChatClient.stream cancelled", 1);
    if (losesToolsOfStreams()) {
      endings.put("process ok", 1);
    }
    return endings;
  }

  @Override
  Map<String, Integer> tools() {
    return Map.of(
        "ChatClient.call price stock",
        1,
        "ChatClient.call expert",
        1,
        (losesToolsOfStreams() ? "process" : "ChatClient.stream") + " price",
        1);
  }

  /** The tool of one call asks another client, which makes three requests of one run. */
  @Override
  Map<String, Integer> requests() {
    Map<String, Integer> requests = new TreeMap<>();
    requests.put("ChatClient.call 1", 6 + 1 + 32);
    requests.put("ChatClient.call 2", 1);
    requests.put("ChatClient.call 3", 1);
    requests.put("ChatClient.stream 1", 3 + secondSubscriptions() + 1 + 32);
    requests.put("ChatClient.stream 2", 1);
    if (!setup.isNewest()) {
      requests.put("ChatClient.stream 0", 1);
    }
    if (losesToolsOfStreams()) {
      requests.put("process 0", 1);
    }
    return requests;
  }

  @Test
  void theFirstIterationOfAStreamIsItsFirstPiece() {
    assertBeganLate(runs.of("ChatClient.stream").get(0));
  }

  @Test
  void aStreamThatNobodySubscribesToIsNoRun() {
    assertThat(ledger.account("unsubscribed", "chat").requests()).isZero();
    assertThat(ledger.account("cancelled", "chat").answered()).isLessThanOrEqualTo(1);
  }
}
