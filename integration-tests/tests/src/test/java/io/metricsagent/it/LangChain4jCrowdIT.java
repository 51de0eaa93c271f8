package io.metricsagent.it;

import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.StubRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of AI services of LangChain4j at the same time, on virtual threads. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class LangChain4jCrowdIT extends RunScenarios {
  private static final String DESK =
      """
      package com.example.warehouse;

      import com.example.threads.Crowd;
      import java.util.concurrent.CompletableFuture;

      public class Desk {
        static Models models;

        static Object stream(String question) throws Exception {
          CompletableFuture<Object> complete = new CompletableFuture<>();
          models.live(models.streaming("live")).answer(question)
              .onPartialResponse(piece -> {})
              .onCompleteResponse(complete::complete)
              .onError(complete::completeExceptionally)
              .start();
          return complete.get();
        }

        public static void main(String[] args) throws Exception {
          models = new Models(args[0]);
          Assistant assistant = models.assistant(models.chat("crowd"));
          Crowd.run(32, () -> assistant.answer("Who are you?"));
          Crowd.run(32, () -> assistant.answer("How many? [use stockLevel item=bolts]"));
          Crowd.run(32, () -> stream("Tell me about the history of this warehouse"));
          Crowd.run(32, () -> stream("How many? [use stockLevel item=nuts]"));
        }
      }
      """;

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> execute(OtherMain.of(setup, "com.example.warehouse.Desk", DESK)));

  LangChain4jCrowdIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(
        List.of(
            Setup.onNewestJdk("langchain4j-chat"), Setup.onNewestJdk("langchain4j-chat/oldest")));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "langchain4j";
  }

  @Override
  Map<String, Integer> endings() {
    return Map.of("Assistant.answer ok", 64, "Live.answer ok", 64);
  }

  @Override
  Map<String, Integer> tools() {
    return Map.of("Assistant.answer stockLevel", 32, "Live.answer stockLevel", 32);
  }

  @Override
  Map<String, Integer> requests() {
    return Map.of(
        "Assistant.answer 1", 32,
        "Assistant.answer 2", 32,
        "Live.answer 1", 32,
        "Live.answer 2", 32);
  }
}
