package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests by their options, and the handlers that learn those. */
class RequestsUnderwayTest {
  private final RequestsUnderway underway = new RequestsUnderway();
  private final FrameStack stack = FrameStack.current();
  private final Object options = new Object();

  @AfterEach
  void endTheRequests() {
    while (stack.top() != null) {
      stack.end(stack.top());
    }
  }

  private RequestFrame begin() {
    return stack.pushRequest(null, "client", "request");
  }

  @Test
  void areFoundOnAnyThreadUntilTheyEnd() {
    RequestFrame request = begin();
    underway.put(options);
    assertThat(CompletableFuture.supplyAsync(() -> underway.get(options)).join()).isSameAs(request);

    stack.end(request);
    assertThat(underway.get(options)).isNull();
  }

  /** The thread uses the frame again for its next request. */
  @Test
  void areNotTheNextRequestOfTheSameFrame() {
    RequestFrame request = begin();
    underway.put(options);
    stack.end(request);
    assertThat(begin()).isSameAs(request);

    assertThat(underway.find(options)).isNull();
  }

  @Test
  void areKnownByTheirOutermostFrame() {
    RequestFrame request = begin();
    stack.pushRequest(request, "inner client", "request");
    underway.put(options);

    assertThat(underway.get(options)).isSameAs(request);
  }

  @Test
  void areForgottenWhenTheyHaveNoMoreAttempts() {
    begin();
    underway.put(options);
    underway.remove(options);

    assertThat(underway.get(options)).isNull();
  }

  @Test
  void areNoneWithoutOptionsOrARequest() {
    underway.put(options);
    assertThat(underway.get(options)).isNull();

    begin();
    underway.put(null);
    underway.remove(null);
    assertThat(underway.get(null)).isNull();
  }

  @Test
  void theResultOfAMethodAreTheOptions() {
    RequestFrame request = begin();
    Object got = Woven.with(new OptionsHandler(underway)).call(args -> options, "builder", "url");

    assertThat(got).isSameAs(options);
    assertThat(underway.get(options)).isSameAs(request);
  }

  @Test
  void theSecondArgumentOfAMethodAreTheOptions() {
    RequestFrame request = begin();
    Object result = new Object();
    Woven.with(OptionsHandler.ofSecondArgument(underway))
        .call(args -> result, "client", "request", options);

    assertThat(underway.get(options)).isSameAs(request);
    assertThat(underway.get(result)).isNull();
  }
}
