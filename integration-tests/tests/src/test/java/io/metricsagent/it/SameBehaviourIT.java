package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications have the same output and exit code with and without the agent. They print results,
 * and class, message, causes and every frame of exceptions.
 */
@ExtendWith(ShowRuns.class)
class SameBehaviourIT {
  private static final List<String> CHAPTERS =
      List.of(
          "chat",
          "tools",
          "throttled",
          "streamed",
          "embeddings",
          "mailroom",
          "failures",
          "refused-embeddings");

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void ofTheNewestLangChain4j(Jdk jdk) throws IOException {
    assertSame(chapters(jdk, "langchain4j-chat", false), chapters(jdk, "langchain4j-chat", true));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void ofTheOldestLangChain4j(Jdk jdk) throws IOException {
    assertSame(
        chapters(jdk, "langchain4j-oldest", false), chapters(jdk, "langchain4j-oldest", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai-java-newest", "anthropic-java-newest", "spring-ai-newest"})
  void ofClients(String app) throws IOException {
    Jdk jdk = Jdk.all().get(0);
    try (StubServer one = StubServer.start(0);
        StubServer other = StubServer.start(0);
        RunningApp without = AgentRun.on(jdk).jar(Artifacts.app(app)).start(one.baseUrl());
        RunningApp with =
            AgentRun.on(jdk).withAgent().jar(Artifacts.app(app)).start(other.baseUrl())) {
      assertSame(without.finish(), with.finish());
      assertThat(other.ledger().toolCalls()).isEqualTo(one.ledger().toolCalls());
    }
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void ofMessagesSettledInEveryWay(Jdk jdk) throws IOException {
    String[] scenarios = {
      "activemq", "auto-receive", "auto-listener", "client-ack", "transacted", "recover", "poison"
    };
    assertSame(
        AgentRun.on(jdk).jar(Artifacts.app("jms-jakarta")).run(scenarios),
        AgentRun.on(jdk).withAgent().jar(Artifacts.app("jms-jakarta")).run(scenarios));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void ofClassesThatUsersName(Jdk jdk) throws IOException {
    for (String part : List.of("work", "fail")) {
      assertSame(
          AgentRun.on(jdk).jar(Artifacts.app("plain")).run(part),
          AgentRun.on(jdk)
              .withAgent()
              .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
              .setting("metrics.agent.tools.include", "com.example.plain.Calculator")
              .jar(Artifacts.app("plain"))
              .run(part));
    }
  }

  /** Each run has a server of its own, because answers carry the server's running number. */
  private static FinishedRun chapters(Jdk jdk, String app, boolean agent) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      AgentRun run = AgentRun.on(jdk);
      if (agent) {
        run.withAgent();
      }
      List<String> arguments = new ArrayList<>(CHAPTERS);
      arguments.add(0, stub.baseUrl());
      return run.jar(Artifacts.app(app)).run(arguments.toArray(String[]::new));
    }
  }

  private static void assertSame(FinishedRun without, FinishedRun with) {
    assertThat(with.exitCode()).isEqualTo(without.exitCode());
    assertThat(numberless(with.stdout())).isEqualTo(numberless(without.stdout()));
    assertThat(with.stderr()).isEqualTo(without.stderr());
    assertThat(with.dumps()).isNotEmpty();
  }

  /**
   * Removes the numbers of proxies: the JVM counts the proxies of all class loaders together,
   * including the agent's.
   */
  private static String numberless(String output) {
    return output.replaceAll("\\$Proxy\\d+", "\\$Proxy");
  }
}
