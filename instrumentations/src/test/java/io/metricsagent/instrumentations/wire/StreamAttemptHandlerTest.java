package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A method that sends a request whose answer comes later. */
class StreamAttemptHandlerTest {
  private final Woven send = Woven.with(new StreamAttemptHandler());
  private final FrameStack stack = FrameStack.current();

  @AfterEach
  void endTheRequests() {
    while (stack.top() != null) {
      stack.end(stack.top());
    }
  }

  private long nanosBefore(RequestFrame request) {
    return request.attempts().nanosBefore(0);
  }

  @Test
  void theFirstAttemptOfARequestBeginsThere() {
    RequestFrame request = stack.pushRequest(null, "client", "request");
    assertThat(send.call(args -> "sent", "http")).isEqualTo("sent");

    assertThat(request.attempts().haveBegun()).isTrue();
    assertThat(request.attempts().count()).isZero();
    long first = nanosBefore(request);
    send.call(args -> "sent again", "http");
    assertThat(nanosBefore(request)).isEqualTo(first);
  }

  @Test
  void isPartOfNoRequestThatHasEndedWithinItsMethod() {
    RequestFrame request = stack.pushRequest(null, "client", "request");
    request.over();
    send.call(args -> "sent", "http");

    assertThat(request.attempts().haveBegun()).isFalse();
  }

  @Test
  void isPartOfNoRequestWithinATool() {
    RequestFrame request = stack.pushRequest(null, "client", "request");
    stack.pushTool(null, "search", null, null);
    send.call(args -> "sent", "http");

    assertThat(request.attempts().haveBegun()).isFalse();
  }
}
