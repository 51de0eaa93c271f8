package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A library that asks for further attempts itself, on threads of its own. */
class ContinuedRequestTest {
  private final Recorded recorded = new Recorded();
  private final Woven chat =
      Woven.with(LlmCallHandler.replacingFutures(new Chats("openai", "gpt"), recorded.telemetry()));
  private final Woven retries = Woven.replacing(0, new ContinuedRequest());
  private final Woven attempt = Woven.with(new AttemptHandler());
  private final CompletableFuture<Object> answer = new CompletableFuture<>();

  private Supplier<?> attempts;

  private void start() {
    Supplier<Object> original = () -> attempt.call(none -> "sent", "http", "request");
    chat.call(
        args -> {
          retries.call(
              inner -> {
                attempts = (Supplier<?>) inner[0];
                return null;
              },
              "retrying client",
              original);
          return answer;
        },
        "client",
        "request");
  }

  private Object onAnotherThread() {
    return CompletableFuture.supplyAsync(attempts).join();
  }

  @Test
  void attemptsOnAnotherThreadBelongToTheRequest() {
    start();
    assertThat(onAnotherThread()).isEqualTo("sent");
    answer.complete("yes");

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().renderLatency().count()).isEqualTo(1);
  }

  @Test
  void attemptsAfterItsEndDoNot() {
    start();
    answer.complete("yes");
    assertThat(onAnotherThread()).isEqualTo("sent");

    assertThat(recorded.adapter().renderLatency().count()).isZero();
  }

  @Test
  void leavesTheArgumentAloneOutsideOfARequest() {
    Supplier<Object> original = () -> "sent";

    assertThat(retries.call(args -> args[0], "retrying client", original)).isSameAs(original);
    assertThat(FrameStack.current().top()).isNull();
  }

  /** The thread uses the frame again for its next request. */
  @Test
  void attemptsAfterItsEndAreNoneOfTheNextRequest() {
    Woven blocking =
        Woven.with(new LlmCallHandler(new Chats("openai", "gpt"), recorded.telemetry()));
    Supplier<Object> original = () -> attempt.call(none -> "sent", "http", "request");
    blocking.call(
        args ->
            retries.call(
                inner -> {
                  attempts = (Supplier<?>) inner[0];
                  return "yes";
                },
                "retrying client",
                original),
        "client",
        "request");
    assertThat(attempts).isNotSameAs(original);
    blocking.call(args -> onAnotherThread(), "client", "request");

    assertThat(recorded.adapter().requestCount()).isEqualTo(2);
    assertThat(recorded.adapter().renderLatency().count()).isZero();
  }

  @Test
  void leavesNothingOnTheThreadOfAnAttempt() {
    start();
    CompletableFuture<Object> top =
        CompletableFuture.supplyAsync(
            () -> {
              assertThat(attempts.get()).isNotNull();
              return FrameStack.current().top();
            });

    assertThat(top.join()).isNull();
  }
}
