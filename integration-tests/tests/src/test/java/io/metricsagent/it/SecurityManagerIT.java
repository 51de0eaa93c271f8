package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Java 17 still has security managers: the agent works without any permission granted to the
 * application.
 */
@ExtendWith(ShowRuns.class)
class SecurityManagerIT {
  @TempDir private static Path folder;
  private static Jdk jdk;

  @BeforeAll
  static void findAJdkThatHasOne() {
    jdk = Jdk.all().get(0);
    assumeThat(jdk.feature()).isEqualTo(17);
  }

  @Test
  void measuresClassesOfAnApplicationThatMayDoNothing() throws IOException {
    FinishedRun run =
        guarded("grant { };")
            .setting("metrics.agent.adapters.include", UserTargetsIT.ADAPTERS)
            .jar(Artifacts.app("plain"))
            .run();

    assertStarted(run);
    assertThat(run.dump().adapters())
        .extracting(adapter -> adapter.count("request_count"))
        .isNotEmpty();
  }

  @Test
  void startsWhereItsSideIsOpenedByItsOwnThread() throws IOException {
    assertStarted(guarded("grant { };").jar(Artifacts.app("plain")).run());
  }

  @Test
  void measuresALibraryWhosePermissionsAreGrantedByPlace() throws IOException {
    Path app = Artifacts.app("langchain4j-chat");
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run =
          guarded(
                  "grant codeBase \"file:"
                      + app.getParent()
                      + "/-\" { permission java.security.AllPermission; };")
              .jar(app)
              .run(stub.baseUrl(), "chat", "tools");

      assertStarted(run);
      assertThat(run.dump().adapter("gpt-4o-mini", "chat").count("request_count"))
          .isEqualTo(stub.ledger().account("gpt-4o-mini", "chat").answered());
    }
  }

  private static void assertStarted(FinishedRun run) {
    assertThat(run.exitCode()).isZero();
    assertThat(run.agentLog())
        .anyMatch(line -> line.contains(" measures "))
        .noneMatch(line -> line.matches(".*(failed|did not start|not measured).*"));
  }

  private static AgentRun guarded(String policy) throws IOException {
    Path file = Files.writeString(folder.resolve("app.policy"), policy);
    return AgentRun.on(jdk)
        .withAgent()
        .jvm("-Djava.security.manager", "-Djava.security.policy=" + file);
  }
}
