package io.metricsagent.instrumentations.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.events.EventKind;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Heard;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the event stream hears of tools. */
class EventsOfToolsTest {
  private final Heard heard = new Heard();
  private final Woven tool = Woven.with(new ToolCallHandler(new Tools(), heard.telemetry()));

  private void assertOneCall(String name, boolean failed) {
    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN, EventKind.TOOL_ENDED);
    Heard.Event ended = heard.only(EventKind.TOOL_ENDED);
    assertThat(ended.what()).isEqualTo(name);
    assertThat(ended.failed()).isEqualTo(failed);
    assertThat(ended.operation())
        .isPositive()
        .isEqualTo(heard.only(EventKind.TOOL_BEGAN).operation());
    assertThat(ended.durationNanos()).isNotNegative();
    assertThat(ended.content()).isNull();
  }

  @Test
  void aCallBeginsAndEndsOnceWhateverItsLayers() {
    tool.call(args -> tool.call(more -> "found", "method", "search"), "executor", "search");

    assertOneCall("search", false);
  }

  @Test
  void aResultMayBeAFailure() {
    tool.call(args -> Tools.FAILED, "executor", "search");

    assertOneCall("search", true);
  }

  @Test
  void aFutureEndsItsCall() {
    CompletableFuture<Object> result = new CompletableFuture<>();
    tool.call(args -> result, "executor", "search");
    assertThat(heard.kinds()).containsExactly(EventKind.TOOL_BEGAN);
    result.complete("found");

    assertOneCall("search", false);
  }

  @Test
  void aPublisherEndsItsCall() {
    Woven published = Woven.with(new ToolPublisherHandler(new Tools(), heard.telemetry()));
    Fluxes.read(published.call(args -> Fluxes.of("found"), "executor", "search"));

    assertOneCall("search", false);
  }

  @Test
  void contentIsInEventsOnlyIfItIsOn() {
    Heard all = new Heard(true);
    Woven.with(new ToolCallHandler(new Tools(), all.telemetry()))
        .call(args -> "found", "executor", "search");

    assertThat(all.only(EventKind.TOOL_BEGAN).content()).isEqualTo("search");
    assertThat(all.only(EventKind.TOOL_ENDED).content()).isEqualTo("found");
  }

  /** Tools whose first argument is the tool itself. */
  private static final class Second extends Tools {
    @Override
    public Object arguments(Object arg0, Object arg1) {
      return arg1;
    }
  }

  @Test
  void theContentIsTheArgumentThatTheDecoderNames() {
    Heard all = new Heard(true);
    Woven.with(new ToolCallHandler(new Second(), all.telemetry()))
        .call(args -> "found", "executor", "search", "arguments");

    assertThat(all.only(EventKind.TOOL_BEGAN).content()).isEqualTo("arguments");
  }

  @Test
  void aPublisherTellsTheArgumentsOfItsMethod() {
    Heard all = new Heard(true);
    Woven published = Woven.with(new ToolPublisherHandler(new Second(), all.telemetry()));
    Fluxes.read(published.call(args -> Fluxes.of("found"), "executor", "search", "arguments"));

    assertThat(all.only(EventKind.TOOL_BEGAN).content()).isEqualTo("arguments");
  }
}
