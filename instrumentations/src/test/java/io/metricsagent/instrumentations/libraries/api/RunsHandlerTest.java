package io.metricsagent.instrumentations.libraries.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.api.AgentRun;
import io.metricsagent.api.AgentRuns;
import io.metricsagent.api.MetricsAgentApi;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that an application begins itself. */
class RunsHandlerTest {
  private final Heard heard = new Heard();
  private final RunsHandler handler = new RunsHandler(heard.telemetry());
  private final AgentRuns runs = connected();
  private final Woven tool = Woven.with(new ToolCallHandler(new Tools(), heard.telemetry()));

  private AgentRuns connected() {
    return (AgentRuns) handler.exit(handler, MetricsAgentApi.runs(), null);
  }

  private void search() {
    tool.call(args -> "found", "executor", "search");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().run()).isNull();
  }

  @Test
  void eachCallerOfOneCopyGetsTheSameObject() {
    assertThat(connected()).isSameAs(runs);
  }

  @Test
  void whatTheThreadDoesMeanwhileBelongsToTheRun() {
    String id;
    try (AgentRun run = runs.begin("Import.night", "customer 5")) {
      id = run.id();
      search();
      run.record("page.read", Map.of("page", 3, "text", new StringBuilder("a")));
      run.set("rows", 17);
    }
    search();

    Heard.Event ended = heard.only(EventKind.RUN_ENDED);
    assertThat(ended.run().scenario()).isEqualTo("Import.night");
    assertThat(ended.run().conversation()).isEqualTo("customer 5");
    assertThat(ended.run().id()).isEqualTo(id).isNotEmpty();
    assertThat(ended.run().values()).isEqualTo(Map.of("rows", 17.0));
    assertThat(ended.failed()).isFalse();
    assertThat(heard.only(EventKind.APPLICATION).run()).isSameAs(ended.run());
    assertThat(heard.all(EventKind.TOOL_ENDED))
        .extracting(event -> event.run().isProcess())
        .containsExactly(false, true);
  }

  @Test
  void aRunMayFail() {
    AgentRun run = runs.begin("Import.night");
    run.failed(new IllegalStateException("a secret"));
    run.close();
    run.close();

    assertThat(heard.only(EventKind.RUN_ENDED).errorType())
        .isEqualTo(IllegalStateException.class.getName());
  }

  @Test
  void withinARunThereIsNoOther() {
    try (AgentRun outer = runs.begin("outer")) {
      try (AgentRun inner = runs.begin("inner");
          AgentRun current = runs.current()) {
        assertThat(inner.id()).isEqualTo(outer.id());
        assertThat(current.id()).isEqualTo(outer.id());
      }
      search();
    }

    assertThat(heard.only(EventKind.RUN_ENDED).run().scenario()).isEqualTo("outer");
    assertThat(heard.only(EventKind.TOOL_ENDED).run().scenario()).isEqualTo("outer");
  }

  @Test
  void outsideOfAllRunsThereIsNoCurrentOne() {
    assertThat(runs.current().id()).isEmpty();
    runs.current().close();

    assertThat(heard.events()).isEmpty();
  }

  @Test
  void aRunThatEndsOnAnotherThreadIsLeftByItsOwn() throws InterruptedException {
    AgentRun run = runs.begin("a");
    Thread other = new Thread(run::close);
    other.start();
    other.join();
    search();

    assertThat(heard.only(EventKind.TOOL_ENDED).run().isProcess()).isTrue();
  }

  @Test
  void badValuesNeverThrow() {
    try (AgentRun run = runs.begin(null)) {
      run.record(null, null);
      run.set(null, Double.NaN);
      run.failed(null);
    }

    assertThat(heard.only(EventKind.RUN_ENDED).run().scenario()).isEqualTo("unnamed");
  }
}
