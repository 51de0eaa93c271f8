package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.OtherMain;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.ServiceApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.it.harness.SourceFiles;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Sessions of applications whose user has switched contents on: prompts, answers and arguments are
 * texts that a reader can use, whatever objects the library has for them, and hold no secrets.
 */
@ExtendWith(ShowRuns.class)
class SessionContentsIT {
  private static final String CONTENT = "metrics.agent.sessions.content";

  /** The dump of an object, such as {@code Prompt{…}}, {@code Message(…)} or {@code X@1f3a2b}. */
  private static final String DUMP =
      "(?s)^\\w*[A-Z]\\w* ?[{(\\[].*|.*\\b[\\w.$]+@[0-9a-f]{5,8}\\b.*";

  private static final String STORY = "Tell me about the history of this warehouse";

  private static final String SPRING =
      """
      package com.example.spring;

      import java.time.Duration;
      import org.springframework.ai.chat.client.ChatClient;

      public class Story {
        public static void main(String[] args) {
          Duration patience = Duration.ofSeconds(30);
          ChatClient.create(new Models(args[0]).chat("streamed", 2, patience))
              .prompt()
              .user("Tell me about the history of this warehouse")
              .stream()
              .content()
              .blockLast(patience);
          System.exit(0); // OkHttp's threads live on for a minute
        }
      }
      """;

  private static final String ADK =
      """
      package com.example.adk;

      public class Story {
        public static void main(String[] args) {
          Agents.run(
              Agents.agent("teller", new Models(args[0]).gemini("teller")),
              "Tell me about the history of this warehouse",
              true);
          System.exit(0);
        }
      }
      """;

  private static final String GRAPH =
      """
      package com.example.graph;

      import static org.bsc.langgraph4j.StateGraph.END;
      import static org.bsc.langgraph4j.StateGraph.START;
      import static org.bsc.langgraph4j.action.AsyncNodeAction.node_async;

      import dev.langchain4j.data.message.AiMessage;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.chat.request.ChatRequest;
      import dev.langchain4j.model.chat.response.ChatResponse;
      import java.util.Map;
      import org.bsc.langgraph4j.StateGraph;
      import org.bsc.langgraph4j.state.AgentState;

      public class Story {
        static final ChatModel MODEL =
            new ChatModel() {
              @Override
              public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder().aiMessage(AiMessage.from("Fine")).build();
              }
            };

        public static void main(String[] args) throws Exception {
          new StateGraph<>(AgentState::new)
              .addNode("ask", node_async(state -> Map.of("answer", MODEL.chat("How are you?"))))
              .addEdge(START, "ask")
              .addEdge("ask", END)
              .compile()
              .invoke(Map.of("secret", "of the state"));
        }
      }
      """;

  private static final String SCALE =
      """
      import java.util.List;

      public class Scale {
        double weigh(String item, int number, double grams, boolean wrapped, List<String> tags) {
          return number * grams;
        }

        public static void main(String[] args) {
          System.out.println(new Scale().weigh("bolts", 12, 0.5, true, List.of("a", "b")));
        }
      }
      """;

  private static final PlannedRuns<Recordings> RUNS = new PlannedRuns<>(SessionContentsIT::execute);

  @TempDir private Path classes;

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    for (String app :
        List.of(
            "langchain4j-chat",
            "openai-java/newest",
            "anthropic-java/newest",
            "google-genai/newest",
            "bedrock/newest",
            "spring-ai/newest",
            "spring-ai/1.1",
            "spring-ai-anthropic/newest",
            "langchain4j-providers/newest",
            "google-adk/newest",
            "quarkus-openai/newest")) {
      setups.add(Setup.of(app).get(0));
    }
    setups.add(Setup.of("google-adk/newest").get(0).with("agents"));
    return RUNS.plan(setups);
  }

  private static Recordings execute(Setup setup) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      List<String> arguments = new ArrayList<>(List.of(stub.baseUrl()));
      arguments.addAll(setup.options());
      FinishedRun run =
          Recordings.on(application(setup).withAgent())
              .setting(CONTENT, "true")
              .run(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.toString()).isZero();
      return Recordings.of(run);
    }
  }

  private static AgentRun application(Setup setup) {
    return setup.app().startsWith("quarkus")
        ? AgentRun.on(setup.jdk())
            .jar(setup.jar().resolveSibling("quarkus-app").resolve("quarkus-run.jar"))
        : setup.run();
  }

  /** The stub server answers a prompt by {@code Answer to: } and the prompt. */
  @ParameterizedTest
  @MethodSource("setups")
  void promptsAndAnswersAreTexts(Setup setup) throws Throwable {
    List<String> prompts = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<JsonNode> arguments = new ArrayList<>();
    for (JsonNode session : RUNS.of(setup).sessions()) {
      add(session.get("prompt").asString(), prompts);
      add(session.get("output").asString(), outputs);
      for (JsonNode call : session.get("tool_calls")) {
        if (!call.get("tool").asString().equals("_unknown")) {
          arguments.add(call.path("args"));
        }
      }
    }
    assertThat(prompts).isNotEmpty().noneMatch(text -> text.matches(DUMP));
    assertThat(outputs).isNotEmpty().noneMatch(text -> text.matches(DUMP));
    assertThat(arguments).allMatch(JsonNode::isObject);
  }

  private static void add(String text, List<String> texts) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }

  static List<Arguments> streams() {
    List<Arguments> streams = new ArrayList<>();
    for (Setup setup : Setup.of("spring-ai/newest", "spring-ai/1.1", "spring-ai/1.0")) {
      streams.add(Arguments.of(setup, "com.example.spring.Story", SPRING));
    }
    for (Setup setup : Setup.of("google-adk/newest", "google-adk/oldest")) {
      streams.add(Arguments.of(setup, "com.example.adk.Story", ADK));
    }
    return streams;
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamedAnswerIsTheTextOfItsPieces(Setup setup, String name, String source)
      throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run =
          Recordings.on(OtherMain.of(setup, name, source).withAgent())
              .setting(CONTENT, "true")
              .run(stub.baseUrl());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(Recordings.of(run).sessions())
          .extracting(session -> session.get("output").asString())
          .as(run.toString())
          .containsExactly("Answer to: " + STORY);
    }
  }

  static List<Setup> graphs() {
    return Setup.of("langgraph4j/newest", "langgraph4j/oldest");
  }

  /** The state of a graph is the application's own, and no text of a conversation. */
  @ParameterizedTest
  @MethodSource("graphs")
  void aGraphHasTheTextsOfItsModels(Setup setup) throws IOException {
    FinishedRun run =
        Recordings.on(OtherMain.of(setup, "com.example.graph.Story", GRAPH).withAgent())
            .setting(CONTENT, "true")
            .run();
    assertThat(run.exitCode()).as(run.toString()).isZero();

    List<JsonNode> sessions = Recordings.of(run).sessions();
    assertThat(sessions)
        .extracting(session -> session.get("prompt").asString())
        .as(run.toString())
        .containsExactly("How are you?");
    assertThat(sessions)
        .extracting(session -> session.get("output").asString())
        .containsExactly("Fine");
    assertThat(sessions).noneMatch(session -> session.toString().contains("of the state"));
  }

  /** The application has tools and no model. */
  @ParameterizedTest
  @MethodSource("graphs")
  void theToolsOfAGraphHaveArguments(Setup setup) throws IOException {
    FinishedRun run = Recordings.on(setup.run().withAgent()).setting(CONTENT, "true").run();
    assertThat(run.exitCode()).as(run.toString()).isZero();

    assertThat(Recordings.of(run).sessions())
        .flatExtracting(session -> Recordings.events(session, "tool.called"))
        .filteredOn(call -> call.toString().contains("graphPrice"))
        .isNotEmpty()
        .extracting(call -> call.get("args").path("item").asString())
        .containsOnly("bolts", "nuts");
  }

  /** A class of the user's own, compiled without the names of its parameters. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aToolOfTheUsersOwnHasAllArguments(Jdk jdk) throws IOException {
    SourceFiles.compile(classes, "", "Scale", SCALE);
    FinishedRun run =
        Recordings.on(AgentRun.on(jdk).withAgent())
            .setting(CONTENT, "true")
            .setting("metrics.agent.tools.include", "Scale[weigh]")
            .mainClass(classes.toString(), "Scale")
            .run();

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(Recordings.of(run).sessions())
        .flatExtracting(session -> Recordings.events(session, "tool.called"))
        .extracting(data -> data.get("args").toString())
        .as(run.toString())
        .containsExactly(
            "{\"arg0\":\"bolts\",\"arg1\":12,\"arg2\":0.5,\"arg3\":true,\"arg4\":[\"a\",\"b\"]}");
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void aConversationReadsAsItWasHeld(Jdk jdk) throws IOException {
    Recordings kept = ask(jdk, "Who are you?", "Send it. [use send to=home]");

    assertThat(kept.sessions())
        .extracting(session -> session.get("prompt").asString())
        .contains("Who are you?", "Send it. [use send to=home]");
    assertThat(kept.sessions())
        .extracting(session -> session.get("output").asString())
        .contains("Answer to: Who are you?")
        .anyMatch(text -> text.startsWith("The tools say:"));
    assertThat(kept.sessions())
        .flatExtracting(session -> Recordings.events(session, "tool.called"))
        .extracting(Object::toString)
        .containsExactly("{\"tool\":\"send\",\"args\":{\"to\":\"home\"}}");
  }

  /** Each default pattern, in prompts, answers and arguments, also behind escapes of JSON. */
  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void secretsAreNowhere(Jdk jdk) throws IOException {
    List<String> secrets =
        List.of(
            "ann.lee@example.com",
            "sk-proj-abcdefghijklmnopqrstuvwx",
            "Bearer zyxwvutsrqponmlk",
            "4111 1111 1111 1111",
            "+49 170 1234567",
            "password=hunter22");
    List<String> questions = new ArrayList<>();
    for (String secret : secrets) {
      String word = secret.replace(" ", "-").replace("Bearer-", "Bearer=");
      questions.add("Keep " + secret + " for me");
      questions.add("Send it. [use send to=" + word + "]");
    }
    questions.add("Send it. [use send to=ann.lee\\u0040example.com]");
    questions.add(
        "Send it. [use send to={\\\"to\\\":\\\"\\nsk-proj-abcdefghijklmnopqrstuvwx\\\"}]");
    questions.add("Reply {\"to\":\"ann.lee\\u0040example.com\"} please");

    FinishedRun run = run(jdk, questions);
    Recordings kept = Recordings.of(run);
    assertThat(kept.sessions()).hasSize(questions.size());
    assertThat(kept.sessions()).allMatch(session -> !session.get("prompt").asString().isEmpty());
    String all = everything(run.agentDirectory()).replaceAll("[ -]", "");
    assertThat(all)
        .contains("[redacted:email]", "[redacted:apikey]", "[redacted:bearertoken]")
        .contains("[redacted:cardnumber]", "[redacted:phonenumber]")
        .doesNotContain("lee@", "u0040", "ann.lee", "abcdefghijkl", "zyxwvu", "41111111")
        .doesNotContain("491701234567", "hunter22");
  }

  private Recordings ask(Jdk jdk, String... questions) throws IOException {
    return Recordings.of(run(jdk, List.of(questions)));
  }

  private FinishedRun run(Jdk jdk, List<String> questions) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      List<String> words = new ArrayList<>(List.of("ask", stub.baseUrl()));
      words.addAll(questions);
      FinishedRun run =
          ServiceApp.in(classes).recorded(jdk, CONTENT, "true").run(words.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.toString()).isZero();
      return run;
    }
  }

  private static String everything(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
