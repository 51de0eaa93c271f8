package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.PlannedRuns;
import io.metricsagent.it.harness.Recordings;
import io.metricsagent.it.harness.ServiceApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
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
            "google-adk/newest")) {
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
          Recordings.on(setup.run().withAgent())
              .setting(CONTENT, "true")
              .run(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.toString()).isZero();
      return Recordings.of(run);
    }
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
      session
          .get("tool_calls")
          .forEach(
              call -> {
                if (call.hasNonNull("args")) {
                  arguments.add(call.get("args"));
                }
              });
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
