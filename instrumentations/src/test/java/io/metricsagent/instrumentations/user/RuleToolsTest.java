package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.ToolRule;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tools that a rule describes; the real weaver weaves them. */
class RuleToolsTest {
  private static final String HERE = RuleToolsTest.class.getName() + "$";

  /** Shared with the test. */
  public interface ExecutorApi {
    /** Runs a tool; a word of the outcome is a command. */
    Object run(String experiment, String tool, int attempt, String outcome);
  }

  record Result(boolean isOk, String errorCode) {}

  /** What runs tools. */
  static final class Executor implements ExecutorApi {
    @Override
    public Object run(String experiment, String tool, int attempt, String outcome) {
      return outcome.startsWith("later ")
          ? executeLater(tool, outcome.substring(6))
          : execute(experiment, tool, attempt, outcome);
    }

    Result execute(String experiment, String tool, int attempt, String outcome) {
      if (outcome.equals("throw")) {
        throw new IllegalStateException();
      }
      return new Result(outcome.equals("ok"), outcome.equals("ok") ? null : outcome);
    }

    /** Runs a tool in order to tell the name. */
    public String describe() {
      return "described " + execute("none", "describe", 1, "ok").isOk();
    }

    /** Never returns. */
    public String endless() {
      return again() + ".";
    }

    private String again() {
      return endless() + ".";
    }

    CompletableFuture<Result> executeLater(String tool, String outcome) {
      return CompletableFuture.completedFuture(execute("none", tool, 1, outcome));
    }
  }

  private static Rules rule() {
    return Rules.of(Executor.class, "execute")
        .with("name", "arg[1]")
        .with("failed", "not return.isOk()")
        .with("error", "return.errorCode");
  }

  private WovenApplication app;

  private ExecutorApi executor(ToolRule rule) throws Exception {
    app = WovenApplication.with(HERE, Rules.module(rule));
    return app.create(Executor.class, ExecutorApi.class);
  }

  @Test
  void theResultTellsWhetherTheToolHasFailed() throws Exception {
    ExecutorApi executor = executor(rule().tool());
    executor.run("a", "search", 1, "ok");
    executor.run("a", "search", 1, "timeout");
    executor.run("a", "search", 1, "");
    assertThatThrownBy(() -> executor.run("a", "search", 1, "throw"))
        .isInstanceOf(IllegalStateException.class);
    executor.run("a", "fetch", 1, "ok");

    assertThat(app.snapshot().tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::callCount, ToolSnapshot::failureCount)
        .containsExactlyInAnyOrder(tuple("search", 4L, 3L), tuple("fetch", 1L, 0L));
    ToolSnapshot search =
        app.snapshot().tools().stream().filter(t -> t.toolName().equals("search")).findAny().get();
    assertThat(search.errorCodes())
        .containsOnly(
            entry("timeout", 1L), // a failure without a code has none
            entry("java.lang.IllegalStateException", 1L));
  }

  @Test
  void aToolMayHaveAnExperiment() throws Exception {
    ExecutorApi executor = executor(rule().with("experiment", "arg[0]").tool());
    executor.run("a", "search", 1, "ok");
    executor.run("b", "search", 1, "timeout");

    assertThat(app.snapshot().tools())
        .extracting(ToolSnapshot::experiment, ToolSnapshot::failureCount)
        .containsExactlyInAnyOrder(tuple("a", 0L), tuple("b", 1L));
  }

  @Test
  void argumentsMayTellTheFailure() throws Exception {
    ExecutorApi executor =
        executor(
            Rules.of(Executor.class, "execute")
                .with("name", "arg[1]")
                .with("failed", "arg[2] == 3")
                .with("error", "arg[3]")
                .tool());
    executor.run("a", "search", 3, "tired");
    executor.run("a", "search", 2, "tired");

    assertThat(app.snapshot().tools().get(0).callCount()).isEqualTo(2);
    assertThat(app.snapshot().tools().get(0).errorCodes()).containsOnly(entry("tired", 1L));
  }

  @Test
  void aFutureTellsItWhenItCompletes() throws Exception {
    ExecutorApi executor =
        executor(
            Rules.of(Executor.class, "executeLater")
                .with("name", "arg[0]")
                .with("failed", "not return.isOk")
                .with("error", "return.errorCode")
                .tool());
    executor.run("a", "search", 1, "later ok");
    executor.run("a", "search", 1, "later timeout");

    assertThat(app.snapshot().tools().get(0).callCount()).isEqualTo(2);
    assertThat(app.snapshot().tools().get(0).errorCodes()).containsOnly(entry("timeout", 1L));
  }

  @Test
  void whatIsNotSaidIsTheClassAndTheMethod() throws Exception {
    ExecutorApi executor =
        executor(Rules.of(Executor.class, "execute").with("name", "arg[9]").tool());
    executor.run("a", "search", 1, "timeout");

    assertThat(app.snapshot().tools().get(0).toolName()).isEqualTo("Executor.execute");
    assertThat(app.snapshot().tools().get(0).failureCount()).isZero();
  }

  @Test
  void theArgumentsAreKeptByNameIfContentIsOn() throws Exception {
    Heard heard = new Heard(true);
    app = WovenApplication.with(HERE, heard, Rules.module(rule().tool()));
    app.create(Executor.class, ExecutorApi.class).run("a", "search", 4, "ok");

    ToolSnapshot search = heard.telemetry().registry().snapshot().tools().get(0);
    assertThat(search.toolName()).isEqualTo("search");
    assertThat(search.failureCount()).isZero();
    assertThat(heard.only(io.metricsagent.instrumentations.events.EventKind.TOOL_BEGAN).content())
        .isEqualTo(Map.of("experiment", "a", "tool", "search", "attempt", 4, "outcome", "ok"));
  }

  @Test
  void whatTheAgentReadsIsNotMeasuredEvenIfItRunsTheTool() throws Exception {
    ExecutorApi executor =
        executor(rule().with("name", "this.describe()").with("error", "this.describe()").tool());
    executor.run("a", "search", 1, "ok");
    executor.run("a", "search", 1, "timeout");

    assertThat(app.snapshot().tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::callCount)
        .containsExactly(tuple("described true", 2L));
  }

  @Test
  void aGetterThatCallsItselfTellsNothing() throws Exception {
    ExecutorApi executor =
        executor(rule().with("name", "this.endless()").with("failed", "this.endless()").tool());
    executor.run("a", "search", 1, "ok");

    assertThat(app.snapshot().tools())
        .extracting(ToolSnapshot::toolName, ToolSnapshot::callCount, ToolSnapshot::failureCount)
        .containsExactly(tuple("Executor.execute", 1L, 0L));
  }

  @Test
  void anObjectOfTheApplicationIsNoName() throws Exception {
    ExecutorApi executor = executor(rule().with("name", "this").with("error", "return").tool());
    executor.run("a", "search", 1, "timeout");

    assertThat(app.snapshot().tools().get(0).toolName()).isEqualTo("Executor.execute");
    assertThat(app.snapshot().tools().get(0).failureCount()).isEqualTo(1);
    assertThat(app.snapshot().tools().get(0).errorCodes()).isEmpty();
  }
}
