package io.metricsagent.instrumentations.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request whose answer is a future, for which the library waits once. */
class ExchangeFutureHandlerTest {
  private final List<Object> ends = new ArrayList<>();
  private boolean faulty;
  private final Woven method =
      Woven.with(
          new ExchangeFutureHandler(
              (request, other) ->
                  (tool, trace, nanos, answer, error) -> {
                    ends.add(error == null ? answer : error);
                    if (faulty) {
                      throw new IllegalArgumentException("the agent's own");
                    }
                  },
              new Recorded().telemetry()));
  private final CompletableFuture<Object> future = new CompletableFuture<>();

  private CompletableFuture<?> call() {
    return (CompletableFuture<?>) method.call(args -> future, "session", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void endsWithItsFuture() {
    CompletableFuture<?> got = call();
    assertThat(ends).isEmpty();
    future.complete("answer");

    assertThat((Object) got.join()).isEqualTo("answer");
    assertThat(ends).containsExactly("answer");
  }

  @Test
  void endsWithAWaitThatTookTooLongAndNotAgain() {
    CompletableFuture<?> got = call();
    assertThatThrownBy(() -> got.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    future.complete("late");

    assertThat(ends).hasSize(1).first().isInstanceOf(TimeoutException.class);
  }

  @Test
  void endsWithWhatIsReturnedOrThrownAtOnce() {
    IllegalStateException thrown = new IllegalStateException();
    method.call(args -> "answer", "session", "request");
    assertThatThrownBy(
            () ->
                method.call(
                    args -> {
                      throw thrown;
                    },
                    "session",
                    "request"))
        .isSameAs(thrown);

    assertThat(ends).containsExactly("answer", thrown);
  }

  @Test
  void isOneWithinAnother() {
    method.call(args -> method.call(inner -> "answer", "session", "request"), "session", "request");

    assertThat(ends).containsExactly("answer");
  }

  @Test
  void aFaultOfTheAgentLeavesTheAnswer() {
    faulty = true;
    assertThat(method.call(args -> "answer", "session", "request")).isEqualTo("answer");
    CompletableFuture<?> got = call();
    future.complete("answer");

    assertThat((Object) got.join()).isEqualTo("answer");
  }
}
