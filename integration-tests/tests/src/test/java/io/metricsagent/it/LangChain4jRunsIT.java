package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.RunLines;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.StubRun;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The runs of AI services of LangChain4j, and what the application does outside of them. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
@ExtendWith(ShowRuns.class)
class LangChain4jRunsIT {
  private static final String[] CHAPTERS = {
    "chat", "tools", "throttled", "streamed", "embeddings", "failures", "crowd"
  };

  /** A streaming service whose tools read the answers of another one. */
  private static final String DESK =
      """
      package com.example.warehouse;

      import dev.langchain4j.agent.tool.Tool;
      import dev.langchain4j.model.chat.StreamingChatModel;
      import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
      import dev.langchain4j.service.AiServices;
      import dev.langchain4j.service.TokenStream;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.TimeUnit;

      public class Desk {
        interface Live {
          TokenStream answer(String question);
        }

        static Live inner;

        static class Experts {
          @Tool
          public String expert(String item) throws Exception {
            return read(inner.answer("What is " + item + "?"));
          }

          @Tool
          public String broken(String item) {
            try {
              return read(inner.answer("What is " + item + "? [fail]"));
            } catch (Exception e) {
              return "I do not know";
            }
          }
        }

        static StreamingChatModel model(String baseUrl, String name) {
          return OpenAiStreamingChatModel.builder()
              .baseUrl(baseUrl)
              .apiKey("demo")
              .modelName(name)
              .build();
        }

        static String read(TokenStream stream) throws Exception {
          CompletableFuture<String> end = new CompletableFuture<>();
          stream
              .onPartialResponse(piece -> {})
              .onCompleteResponse(answer -> end.complete(answer.aiMessage().text()))
              .onError(end::completeExceptionally)
              .start();
          return end.get(30, TimeUnit.SECONDS);
        }

        public static void main(String[] args) throws Exception {
          inner = AiServices.create(Live.class, model(args[0], "inner"));
          Live outer =
              AiServices.builder(Live.class)
                  .streamingChatModel(model(args[0], "outer"))
                  .tools(new Experts())
                  .build();
          System.out.println(read(outer.answer("Which? [use expert item=bolts]")));
          System.out.println(read(outer.answer("Which? [use broken item=bolts]")));
          System.exit(0);
        }
      }
      """;

  /** A stream that the application cancels at its first piece. */
  private static final String HASTE =
      """
      package com.example.warehouse;

      import java.util.concurrent.CountDownLatch;

      public class Haste {
        public static void main(String[] args) throws Exception {
          Models models = new Models(args[0]);
          CountDownLatch cancelled = new CountDownLatch(1);
          models
              .live(models.streaming("live"))
              .answer("Tell me about the history of this warehouse")
              .onPartialResponseWithContext(
                  (piece, context) -> {
                    context.streamingHandle().cancel();
                    cancelled.countDown();
                  })
              .onCompleteResponse(answer -> {})
              .onError(error -> {})
              .start();
          cancelled.await();
          System.exit(0);
        }
      }
      """;

  private static final PlannedRuns<StubRun> RUNS = new PlannedRuns<>(LangChain4jRunsIT::execute);

  private static FinishedRun run;
  private static RunLines runs;

  private final Setup setup;

  LangChain4jRunsIT(Setup setup) {
    this.setup = setup;
  }

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("langchain4j-chat", "langchain4j-chat/oldest"));
  }

  private static StubRun execute(Setup setup) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      String[] arguments = new String[CHAPTERS.length + 1];
      arguments[0] = stub.baseUrl();
      System.arraycopy(CHAPTERS, 0, arguments, 1, CHAPTERS.length);
      return new StubRun(
          setup.run().withAgent().setting("metrics.agent.runs.enabled", "true").run(arguments),
          stub.ledger());
    }
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    run = RUNS.of(setup).run();
    assertThat(run.exitCode()).as(run.toString()).isZero();
    runs = RunLines.of(run);
  }

  /**
   * Eight questions are answered, two of them after tools and one after a throttle; four fail; two
   * answers are streamed. The rest of the application calls models without a service.
   */
  @Test
  void eachCallOfAServiceIsOneRun() {
    assertThat(runs.outcomes())
        .isEqualTo(
            Map.of(
                "Assistant.answer true", 8,
                "Assistant.answer false", 4,
                "Live.answer true", 2,
                "process true", 1));
  }

  /**
   * A tool reads a stream to its end, or to its error, before the stream around it goes on: neither
   * is the end of the run, which makes a third request.
   */
  @Test
  void aStreamWithinAStreamIsNoRunAndEndsNone() throws IOException {
    StubRun within = RunScenarios.execute(OtherMain.of(setup, "com.example.warehouse.Desk", DESK));
    RunLines lines = RunLines.of(within.run());

    assertThat(lines.endings()).as(within.run().toString()).isEqualTo(Map.of("Live.answer ok", 2));
    assertThat(lines.requests(within.dump())).isEqualTo(Map.of("Live.answer 3", 2));
  }

  /** Older versions have no handle of a stream. */
  @Test
  void aStreamThatTheApplicationCancelsIsACancelledRunAndSession() throws IOException {
    assumeThat(setup.app()).doesNotEndWith("/oldest");
    StubRun hasty = RunScenarios.execute(OtherMain.of(setup, "com.example.warehouse.Haste", HASTE));
    Recordings kept = Recordings.of(hasty.run());

    assertThat(kept.runs().endings())
        .as(hasty.run().toString())
        .isEqualTo(Map.of("Live.answer cancelled", 1));
    assertThat(kept.sessions())
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.get("success").asBoolean()).isFalse();
              assertThat(session.get("error").asString()).isEqualTo("cancelled");
              assertThat(session.get("session_id"))
                  .isEqualTo(kept.runs().lines().get(0).get("run_id"));
            });
    assertThat(kept.rolledUp("excused_sessions") + kept.rolledUp("startup_success_sessions"))
        .isEqualTo(1);
  }

  @Test
  void eachRunHasAnIdOfItsOwn() {
    assertThat(runs.lines().stream().map(line -> line.get("run_id").asString()).distinct().count())
        .isEqualTo(runs.lines().size());
  }

  @Test
  void theFirstIterationIsWithinTheRun() {
    for (JsonNode line : runs.lines()) {
      if (line.get("success").asBoolean()) {
        assertThat(line.get("ttfi_sec").asDouble())
            .as(line.toString())
            .isPositive()
            .isLessThanOrEqualTo(line.get("duration_sec").asDouble());
        assertThat(line.get("event").asString()).isEqualTo("run.complete");
        assertThat(line.get("error").isNull()).isTrue();
      }
    }
  }

  /** The message of an exception may quote a prompt, so only the class is written. */
  @Test
  void aFailureSaysItsClassOnly() {
    for (JsonNode line : runs.of("Assistant.answer")) {
      if (!line.get("success").asBoolean()) {
        assertThat(line.get("event").asString()).isEqualTo("run.error");
        assertThat(line.get("error").asString()).matches("[\\w.$]+").contains(".");
        assertThat(line.get("ttfi_sec").isNull()).as(line.toString()).isTrue();
      }
    }
  }

  @Test
  void doesNotTrip() {
    assertThat(run.dump().agentErrors()).isZero();
    assertThat(run.dump().instrumentation("langchain4j").skipped()).isZero();
    assertThat(run.stderr()).isEmpty();
  }
}
