package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which request a model works for that is asked on another thread. */
class AsyncRequestsTest {
  private final FrameStack stack = FrameStack.current();
  private final Object question = new Object();

  @AfterEach
  void endTheRequests() {
    while (stack.top() != null) {
      stack.end(stack.top());
    }
  }

  private static RequestFrame asked(Object model, Object argument) {
    RequestFrame request = RequestFrame.apart(model, argument, 0);
    AsyncRequests.put(request);
    return request;
  }

  /** A layer that the library calls with an object of its own. */
  private RequestFrame within(RequestFrame root, Object argument) {
    RequestFrame layer = stack.pushRequest(root, root.self(), argument);
    AsyncRequests.put(layer);
    return layer;
  }

  @Test
  void isTheOpenRequestOfTheSameModel() {
    RequestFrame request = asked("gpt", question);
    assertThat(AsyncRequests.find("gpt", question)).isSameAs(request);

    request.end();
    assertThat(AsyncRequests.find("gpt", question)).isNull();
  }

  @Test
  void isNoneForAnotherModelAndTheRequestGoesOn() {
    RequestFrame request = asked("gpt", question);

    assertThat(AsyncRequests.find("claude", question)).isNull();
    assertThat(request.isOpen()).isTrue();
  }

  @Test
  void isNoneForAnotherQuestion() {
    asked("gpt", question);

    assertThat(AsyncRequests.find("gpt", new Object())).isNull();
    assertThat(AsyncRequests.find("gpt", null)).isNull();
  }

  @Test
  void anotherModelWithAnObjectMadeForTheCallIsAskedInItsPlace() {
    RequestFrame request = asked("router", question);
    Object madeForIt = new Object();
    within(request, madeForIt);

    assertThat(AsyncRequests.find("router", madeForIt)).isSameAs(request);
    assertThat(AsyncRequests.find("claude", madeForIt)).isNull();
    assertThat(request.isOpen()).isFalse();
  }

  /** The layer's object is the application's: another model may be asked the same. */
  @Test
  void aLayerWithTheSameObjectIsNotMadeForTheCall() {
    RequestFrame request = asked("gpt", question);
    within(request, question);
    AsyncRequests.find("claude", question);

    assertThat(request.isOpen()).isTrue();
  }

  @Test
  void severalModelsMayBeAskedTheSame() {
    RequestFrame first = asked("gpt", question);
    RequestFrame second = asked("claude", question);
    RequestFrame third = asked("gemini", question);
    assertThat(AsyncRequests.find("gpt", question)).isSameAs(first);
    assertThat(AsyncRequests.find("gemini", question)).isSameAs(third);

    third.end();
    second.end();
    asked("llama", question);
    assertThat(AsyncRequests.find("gpt", question)).isSameAs(first);
  }
}
