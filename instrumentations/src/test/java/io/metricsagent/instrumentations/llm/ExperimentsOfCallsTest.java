package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Said;
import io.metricsagent.instrumentations.testing.Tools;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call is part of the experiment that was said where it began, wherever it ends. */
class ExperimentsOfCallsTest {
  private final Recorded recorded = Recorded.reading();
  private final Chats chats = new Chats("openai", "gpt");
  private final Woven model = Woven.with(new LlmCallHandler(chats, recorded.telemetry()));
  private final Woven tool = Woven.with(new ToolCallHandler(new Tools(), recorded.telemetry()));
  private final Woven published =
      Woven.with(
          new LlmFluxHandler(chats, (piece, stream) -> stream.content(), recorded.telemetry()));
  private final Woven layer =
      Woven.with(
          new LlmLayerHandler(chats, (piece, stream) -> stream.content(), recorded.telemetry()));

  private Map<String, Long> requests() {
    Map<String, Long> counts = new HashMap<>();
    for (AdapterSnapshot adapter : recorded.adapters()) {
      counts.put(adapter.experiment(), adapter.requestCount());
    }
    return counts;
  }

  private void call(Woven.Body body) {
    model.call(body, "model", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
    assertThat(FrameStack.current().experiment()).isNull();
    Said.clear();
  }

  @Test
  void eachCallHasItsOwn() {
    Said.with("baseline", () -> call(args -> "answer"));
    Said.with("v2-concise", () -> call(args -> "answer"));
    Said.with("baseline", () -> call(args -> "answer"));
    Map<String, Long> expected = new HashMap<>(Map.of("baseline", 2L, "v2-concise", 1L));
    assertThat(requests()).isEqualTo(expected);

    call(args -> "answer");
    expected.put(null, 1L);
    assertThat(requests()).isEqualTo(expected);
  }

  @Test
  void whatIsSaidWhileItIsUnderWayDoesNotCount() {
    Said.with(
        "baseline",
        () ->
            call(
                args -> {
                  Said.put("experiment", "v2-concise");
                  return "answer";
                }));

    assertThat(requests()).isEqualTo(Map.of("baseline", 1L));
  }

  @Test
  void aFutureEndsInIt() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Said.with("baseline", () -> call(args -> answer));
    answer.complete("answer");

    assertThat(requests()).isEqualTo(Map.of("baseline", 1L));
  }

  @Test
  void anInnerCallIsPartOfThatOfTheOuterOne() {
    Said.with(
        "baseline",
        () ->
            call(
                args -> {
                  Said.clear();
                  return tool.call(
                      in -> model.call(x -> "answer", "other", "q"), "tools", "search");
                }));

    assertThat(requests()).isEqualTo(Map.of("baseline", 2L));
    assertThat(recorded.tool().experiment()).isEqualTo("baseline");
  }

  @Test
  void eachSubscriptionHasThatOfItsThreadOrElseThatOfTheCall() {
    List<Object> answers = new ArrayList<>();
    Said.with(
        "baseline",
        () -> answers.add(published.call(args -> Fluxes.of("a", "b"), "model", "request")));
    Fluxes.read(answers.get(0));
    Said.with("v2-concise", () -> Fluxes.read(answers.get(0)));

    assertThat(requests()).isEqualTo(Map.of("baseline", 1L, "v2-concise", 1L));
  }

  @Test
  void aLayerHasThatOfItsCall() {
    List<Object> answers = new ArrayList<>();
    Said.with(
        "baseline", () -> answers.add(layer.call(args -> Fluxes.of("a"), "model", "request")));
    Fluxes.read(answers.get(0));

    assertThat(requests()).isEqualTo(Map.of("baseline", 1L));
  }

  @Test
  void aRequestBelowALayerHasThatOfTheLayersCall() {
    List<Object> answers = new ArrayList<>();
    Said.with(
        "baseline",
        () ->
            answers.add(
                layer.call(
                    args -> Fluxes.silent(() -> model.call(x -> "answer", "client", "request")),
                    "model",
                    "request")));
    Fluxes.read(answers.get(0));

    assertThat(requests()).isEqualTo(Map.of("baseline", 1L));
  }

  @Test
  void aThreadThatWorksForASubscriptionWorksForItsExperiment() {
    RunCarrier carrier = RunCarrier.of(null, "baseline");
    Object before = carrier.attach();
    tool.call(args -> "found", "tools", "search");
    RunCarrier other = RunCarrier.of(null, "v2-concise");
    Object outer = other.attach();
    tool.call(args -> "found", "tools", "search");
    other.detach(outer);
    tool.call(args -> "found", "tools", "search");
    carrier.detach(before);
    tool.call(args -> "found", "tools", "search");

    Map<String, Long> calls = new HashMap<>();
    for (ToolSnapshot each : recorded.tools()) {
      calls.put(each.experiment(), each.callCount());
    }
    Map<String, Long> expected = new HashMap<>(Map.of("baseline", 2L, "v2-concise", 1L));
    expected.put(null, 1L);
    assertThat(calls).isEqualTo(expected);
  }

  @Test
  void whatARuleSaysWins() {
    LlmRecorder recorder = new LlmRecorder(chats, recorded.telemetry());
    FrameStack stack = FrameStack.current();
    Said.with(
        "baseline",
        () -> {
          RequestFrame outer = recorder.begin(stack, "outer", "q");
          RequestFrame inner = recorder.begin(stack, "inner", "q");
          inner.says(ContextField.EXPERIMENT, "of a rule");
          inner.says(ContextField.EXPERIMENT, null);
          assertThat(outer.experiment()).isEqualTo("of a rule");
          stack.end(inner);
          stack.pop(outer);
          recorder.end(outer, System.nanoTime(), -1, "answer", null);
          stack.release(outer);
        });

    assertThat(requests()).isEqualTo(Map.of("of a rule", 1L));
  }
}
