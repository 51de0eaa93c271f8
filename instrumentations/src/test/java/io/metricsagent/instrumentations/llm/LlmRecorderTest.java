package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.FaultyChats;
import io.metricsagent.instrumentations.testing.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that become requests, or facts of the request around them. */
class LlmRecorderTest {
  private final Recorded recorded = new Recorded();
  private final FaultyChats chats = new FaultyChats();
  private final LlmRecorder recorder = new LlmRecorder(chats, recorded.telemetry());
  private final FrameStack stack = FrameStack.current();

  @AfterEach
  void endTheRequests() {
    while (stack.top() != null) {
      stack.end(stack.top());
    }
  }

  private RequestFrame begin(Object client) {
    return recorder.begin(stack, client, null);
  }

  private void end(RequestFrame frame, Throwable error) {
    stack.pop(frame);
    recorder.end(frame, System.nanoTime(), Tokens.UNKNOWN, null, error);
  }

  @Test
  void aRequestWithinAnotherIsALayerOfIt() {
    RequestFrame outer = begin("framework");
    RequestFrame inner = begin("client");
    assertThat(inner.root()).isSameAs(outer);

    end(inner, null);
    assertThat(recorded.requests()).isZero();
    end(outer, null);
    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void aRequestWithinAToolIsOneOfItsOwn() {
    RequestFrame outer = begin("framework");
    stack.pushTool(null, "search", null, null);
    RequestFrame inner = begin("client");
    assertThat(inner.isRoot()).isTrue();

    end(inner, null);
    assertThat(recorded.requests()).isEqualTo(1);
    end(outer, null);
    assertThat(recorded.requests()).isEqualTo(2);
  }

  /** Reads the tokens as a rule says. */
  private static final class Ruled extends Chats implements CallReader {
    Ruled() {
      super("acme", "gpt");
    }

    @Override
    public void begun(RequestFrame frame, Object self, Object arg0, Object arg1, Object arg2) {}

    @Override
    public Throwable ended(RequestFrame frame, Object result, Throwable thrown) {
      frame.facts().tokens().replace(10, 4, 0);
      return thrown;
    }
  }

  @Test
  void theTokensThatARuleReadsAreAll() {
    LlmRecorder ruled = new LlmRecorder(new Ruled(), recorded.telemetry());
    RequestFrame outer = ruled.begin(stack, "adapter", null);
    RequestFrame first = begin("client");
    first.facts().tokens().replace(10, 4, 0);
    end(first, null);
    begin("client"); // has not ended when the method returns
    stack.pop(outer);
    ruled.end(outer, System.nanoTime(), Tokens.UNKNOWN, "answer", null);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().inputTokenCount()).isEqualTo(10);
  }

  @Test
  void anEndCountsOnce() {
    RequestFrame frame = begin("client");
    end(frame, null);
    end(frame, new IllegalStateException());

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
  }

  @Test
  void aFrameEndsWhereItsRequestCannotBeRecorded() {
    RequestFrame frame = begin("client");
    chats.fail(true);
    assertThat(catchThrowable(() -> end(frame, null))).isNotNull();

    assertThat(frame.root()).isNull();
  }

  @Test
  void aRequestThatGoesOnIsCountedAsUnderWayUntilItsEnd() {
    RequestFrame frame = begin("client");
    recorder.detach(frame);
    assertThat(recorded.adapter().activeRequests()).isEqualTo(1);

    end(frame, null);
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void aLayerThatGoesOnIsNotCountedBesideItsRequest() {
    begin("framework");
    recorder.detach(begin("client"));

    assertThat(recorded.adapters()).isEmpty();
  }

  @Test
  void aFaultOfTheCountLeavesTheRequest() {
    RequestFrame frame = begin("client");
    chats.fail(true);
    recorder.detach(frame);
    chats.fail(false);
    end(frame, null);

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isNull();
  }

  @Test
  void aRequestThatEndsEarlyCountsOnceAndIsNotUnderWay() {
    RequestFrame outer = begin("framework");
    recorder.detach(outer);
    RequestFrame inner = begin("client");
    recorder.endEarly(inner, System.nanoTime(), "answer");
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isZero();
    assertThat(outer.isOver()).isTrue();

    end(inner, null);
    end(outer, new IllegalStateException());
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }

  @Test
  void aRequestThatIsLeftIsNone() {
    RequestFrame router = begin("router");
    recorder.leave(router);
    RequestFrame next = begin("model");
    assertThat(next.isRoot()).isTrue();

    end(next, null);
    end(router, null);
    assertThat(recorded.requests()).isEqualTo(1);
  }

  /** A fallback: the outer request is the last of the models that were asked. */
  @Test
  void aModelThatAnotherFollowedIsARequestOfItsOwn() {
    LlmRecorder other = new LlmRecorder(new Chats("anthropic", "claude"), recorded.telemetry());
    RequestFrame router = begin("router");
    RequestFrame first = begin("gpt client");
    end(first, new IllegalStateException());
    RequestFrame second = begin("claude client");
    stack.pop(second);
    other.end(second, System.nanoTime(), Tokens.UNKNOWN, null, null);
    assertThat(recorded.requests()).isEqualTo(1);
    assertThat(recorded.adapter().adapter()).isEqualTo("openai");
    assertThat(recorded.adapter().errorCount()).isEqualTo(1);

    end(router, null);
    assertThat(recorded.requests()).isEqualTo(2);
  }

  @Test
  void theSeriesIsKnownFromTheRequestOn() {
    RequestFrame frame = begin("client");
    assertThat(recorder.series(frame)).isNull();

    recorder.decodeRequest(frame);
    assertThat(recorder.series(frame)).isSameAs(recorder.series(frame)).isNotNull();
  }
}
