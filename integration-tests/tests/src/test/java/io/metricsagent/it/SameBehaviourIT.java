package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.RunningApp;
import io.metricsagent.it.harness.Setup;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applications have the same output and exit code with and without the agent. They print results,
 * and class, message, causes and every frame of exceptions.
 */
@ExtendWith(ShowRuns.class)
class SameBehaviourIT {
  private static final String[] CHAPTERS = {
    "chat",
    "tools",
    "throttled",
    "streamed",
    "embeddings",
    "mailroom",
    "failures",
    "refused-embeddings"
  };

  static List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    Setup.of("langchain4j-chat", "langchain4j-chat/oldest")
        .forEach(setup -> setups.add(setup.with(CHAPTERS)));
    for (String client : List.of("openai-java", "anthropic-java", "spring-ai")) {
      setups.add(Setup.of(client + "/newest").get(0));
    }
    return setups;
  }

  /** Each run has a server of its own, because answers carry the server's running number. */
  @ParameterizedTest
  @MethodSource("setups")
  void ofModels(Setup setup) throws IOException {
    try (StubServer one = StubServer.start(0);
        StubServer other = StubServer.start(0);
        RunningApp without = setup.run().start(arguments(setup, one));
        RunningApp with = setup.run().withAgent().start(arguments(setup, other))) {
      assertSame(without.finish(), with.finish());
      assertThat(other.ledger().toolCalls()).isEqualTo(one.ledger().toolCalls());
    }
  }

  private static String[] arguments(Setup setup, StubServer stub) {
    return Stream.concat(Stream.of(stub.baseUrl()), setup.options().stream())
        .toArray(String[]::new);
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
