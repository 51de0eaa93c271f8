package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Weaving moves the start times of the requests that wait for it, but they stay the same requests.
 */
class WeavingDuringRequestTest {
  /** A decoder that reads nothing. */
  private static final AttemptDecoder CLIENTS =
      new AttemptDecoder() {
        @Override
        public boolean isDecorator(Object client) {
          return false;
        }

        @Override
        public String provider(Object request) {
          return null;
        }

        @Override
        public long status(Object answer) {
          return 200;
        }

        @Override
        public Object timed(Object answer, LongConsumer reads) {
          return answer;
        }
      };

  private final Registry registry = Chats.registry();
  private final Telemetry telemetry = new Telemetry(registry);
  private final LlmCallHandler calls = new LlmCallHandler(new Chats("openai", "gpt"), telemetry);

  private AdapterSnapshot recorded() {
    return registry.snapshot().adapters().get(0);
  }

  @Test
  void anAttemptThatEndsAfterWeavingBelongsToItsRequest() {
    RequestsUnderway underway = new RequestsUnderway();
    AttemptHandler attempts = new AttemptHandler(CLIENTS, underway);
    CompletableFuture<Object> answer = new CompletableFuture<>();

    Object request = calls.enter(this, null, null, null);
    Object options = new Object();
    underway.put(options);
    Object attempt = attempts.enter(this, null, options, null);
    attempts.exit(attempt, answer, null);
    FrameStack.current().leaveOut(1);
    assertThat(underway.get(options)).isSameAs(((RequestFrame) request).root());
    answer.complete("hello");
    calls.exit(request, "hello", null);

    assertThat(recorded().renderLatency().count()).isEqualTo(1);
    assertThat(recorded().parseLatency().count()).isEqualTo(1);
  }

  /** Weaving delays the thread of the request, but not that of the attempt. */
  @Test
  void noPhaseIsLongerThanTheTotal() {
    Object request = calls.enter(this, null, null, null);
    RequestFrame root = ((RequestFrame) request).root();
    root.attempts().add(root.startNanos() + 1_000, root.startNanos() + 5_000_000_000L);
    calls.exit(request, "hello", null);

    assertPhasesAreWithinTheTotal();
  }

  @Test
  void aRoundTripExcludesTheTimeOfWeaving() {
    RoundTripHandler trips = new RoundTripHandler();
    Object request = calls.enter(this, null, null, null);
    RequestFrame root = ((RequestFrame) request).root();
    Object trip = trips.enter(this, null, null, null);
    FrameStack.current().leaveOut(60_000_000_000L);
    trips.exit(trip, "hello", null);

    assertThat(root.attempts().nanos())
        .isLessThanOrEqualTo(root.attempts().lastEndNanos() - root.startNanos());
    calls.exit(request, "hello", null);
    assertPhasesAreWithinTheTotal();
  }

  @Test
  void aRequestThatAnotherOneFollowedIsMovedWithTheOuterOne() {
    Object outer = calls.enter(this, null, null, null);
    Object first = calls.enter(new Object(), null, null, null);
    RequestFrame root = ((RequestFrame) outer).root();
    long begun = ((RequestFrame) first).startNanos();
    calls.exit(first, null, new IllegalStateException());
    FrameStack.current().leaveOut(7);

    assertThat(root.inner().startNanos()).isEqualTo(begun + 7);
    calls.exit(outer, null, null);
  }

  private void assertPhasesAreWithinTheTotal() {
    AdapterSnapshot openai = recorded();
    assertThat(
            openai.renderLatency().sumNanos()
                + openai.callLatency().sumNanos()
                + openai.parseLatency().sumNanos())
        .isLessThanOrEqualTo(openai.totalLatency().sumNanos());
  }
}
