package io.metricsagent.it;

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

/** The runs of the ADK's {@code Runner}. */
@ParameterizedClass(name = "{0}")
@MethodSource("setups")
class GoogleAdkRunsIT extends RunScenarios {
  private static final String DESK =
      """
      package com.example.adk;

      import com.example.threads.Crowd;
      import com.google.adk.agents.BaseAgent;
      import com.google.adk.agents.LiveRequestQueue;
      import com.google.adk.agents.RunConfig;
      import com.google.adk.events.Event;
      import com.google.adk.models.BaseLlm;
      import com.google.adk.models.BaseLlmConnection;
      import com.google.adk.models.LlmRequest;
      import com.google.adk.models.LlmResponse;
      import com.google.adk.runner.InMemoryRunner;
      import com.google.adk.sessions.Session;
      import com.google.adk.tools.AgentTool;
      import com.google.genai.types.Blob;
      import com.google.genai.types.Content;
      import com.google.genai.types.Part;
      import io.reactivex.rxjava3.core.Completable;
      import io.reactivex.rxjava3.core.Flowable;
      import java.util.List;

      public class Desk {
        static final String STORY = "Tell me about the history of this warehouse";
        static Models models;

        static BaseAgent agent(String name, Object... tools) {
          return Agents.agent(name, models.gemini(name), tools);
        }

        static Flowable<Event> events(String name, String question) {
          InMemoryRunner runner = new InMemoryRunner(agent(name), "warehouse");
          Session session = runner.sessionService().createSession("warehouse", "me").blockingGet();
          RunConfig config =
              RunConfig.builder().streamingMode(RunConfig.StreamingMode.SSE).build();
          return runner.runAsync(
              "me", session.id(), Content.fromParts(Part.fromText(question)), config);
        }

        /** A model that is talked to by a connection, as Gemini is by a web socket. */
        static class Voice extends BaseLlm {
          final Flowable<LlmResponse> answers;

          Voice(String name, Flowable<LlmResponse> answers) {
            super(name);
            this.answers = answers;
          }

          @Override
          public Flowable<LlmResponse> generateContent(LlmRequest request, boolean stream) {
            return Flowable.empty();
          }

          @Override
          public BaseLlmConnection connect(LlmRequest request) {
            return new BaseLlmConnection() {
              @Override
              public Completable sendHistory(List<Content> history) {
                return Completable.complete();
              }

              @Override
              public Completable sendContent(Content content) {
                return Completable.complete();
              }

              @Override
              public Completable sendRealtime(Blob blob) {
                return Completable.complete();
              }

              @Override
              public Flowable<LlmResponse> receive() {
                return answers;
              }

              @Override
              public void close() {}

              @Override
              public void close(Throwable error) {}
            };
          }
        }

        static Flowable<Event> talk(String name, Flowable<LlmResponse> answers) {
          InMemoryRunner runner =
              new InMemoryRunner(Agents.agent(name, new Voice(name, answers)), "warehouse");
          Session session = runner.sessionService().createSession("warehouse", "me").blockingGet();
          LiveRequestQueue queue = new LiveRequestQueue();
          queue.content(Content.fromParts(Part.fromText("Hello")));
          queue.close();
          return runner.runLive("me", session.id(), queue, RunConfig.builder().build());
        }

        static void talk() {
          Flowable<LlmResponse> hello =
              Flowable.just(
                  LlmResponse.builder().content(Content.fromParts(Part.fromText("Hi"))).build());
          talk("voice", hello).blockingSubscribe();
          talk("silence", hello);
          talk("patience", hello.concatWith(Flowable.never())).blockingFirst();
          try {
            talk("mute", Flowable.error(new IllegalStateException("as told"))).blockingSubscribe();
          } catch (IllegalStateException e) {
            System.out.println(e);
          }
        }

        public static void main(String[] args) throws Exception {
          talk();
          models = new Models(args[0]);
          Agents.run(agent("greeter"), "Who are you?", false);
          Agents.run(agent("busy"), "Busy? [throttle once]", false);
          Agents.run(
              agent("clerk", new Tools()),
              "How much? [use price item=bolts] [use stock item=bolts]",
              false);
          Agents.run(
              agent("planner", AgentTool.create(agent("expert"))),
              "Plan! [use expert request=bolts]",
              false);
          Agents.run(agent("failing"), "Are you well? [fail]", false);
          Agents.run(agent("teller"), STORY, true);
          Agents.run(agent("broken"), "Are you well? [fail]", true);

          Agents.run(agent("late"), STORY + " [late 300]", true);
          Flowable<Event> twice = events("twice", STORY);
          twice.blockingSubscribe();
          twice.blockingSubscribe();
          events("unsubscribed", STORY);
          events("cancelled", STORY).blockingFirst();

          BaseAgent crowd = agent("crowd");
          Crowd.run(
              32,
              () -> {
                Agents.run(crowd, "Where?", false);
                return null;
              });
          BaseAgent live = agent("live");
          Crowd.run(
              32,
              () -> {
                Agents.run(live, STORY, true);
                return null;
              });
          System.exit(0); // OkHttp's threads live on for a minute
        }
      }
      """;

  private static final PlannedRuns<StubRun> RUNS =
      new PlannedRuns<>(setup -> execute(OtherMain.of(setup, "com.example.adk.Desk", DESK)));

  GoogleAdkRunsIT(@SuppressWarnings("unused") Setup setup) {}

  static List<Setup> setups() {
    return RUNS.plan(Setup.of("google-adk/newest", "google-adk/oldest"));
  }

  @BeforeParameterizedClassInvocation
  static void runTheApplication(Setup setup) throws Throwable {
    read(RUNS.of(setup));
  }

  @Override
  String instrumentation() {
    return "google-adk";
  }

  /**
   * The agent that is a tool of another one has a runner of its own, but no run. A live run makes
   * no requests: what goes over its connection is none.
   */
  @Override
  Map<String, Integer> endings() {
    return Map.ofEntries(
        Map.entry("greeter ok", 1),
        Map.entry("busy ok", 1),
        Map.entry("clerk ok", 1),
        Map.entry("planner ok", 1),
        Map.entry("failing failed", 1),
        Map.entry("teller ok", 1),
        Map.entry("late ok", 1),
        Map.entry("broken failed", 1),
        Map.entry("twice ok", 2),
        Map.entry("cancelled cancelled", 1),
        Map.entry("voice ok", 1),
        Map.entry("patience cancelled", 1),
        Map.entry("mute failed", 1),
        Map.entry("crowd ok", 32),
        Map.entry("live ok", 32));
  }

  @Override
  Map<String, Integer> tools() {
    return Map.of("clerk price stock", 1, "planner expert", 1);
  }

  /** Two runs have one session of the ADK. */
  @Override
  Map<String, Integer> conversations() {
    return Map.of("twice true", -1);
  }

  @Override
  Map<String, Integer> requests() {
    return Map.ofEntries(
        Map.entry("greeter 1", 1),
        Map.entry("busy 1", 1),
        Map.entry("clerk 2", 1),
        Map.entry("planner 3", 1),
        Map.entry("failing 1", 1),
        Map.entry("teller 1", 1),
        Map.entry("late 1", 1),
        Map.entry("broken 1", 1),
        Map.entry("twice 1", 2),
        Map.entry("voice 0", 1),
        Map.entry("mute 0", 1),
        Map.entry("crowd 1", 32),
        Map.entry("live 1", 32));
  }

  @Test
  void theFirstIterationOfAStreamIsItsFirstPiece() {
    assertBeganLate(runs.of("late").get(0));
  }
}
