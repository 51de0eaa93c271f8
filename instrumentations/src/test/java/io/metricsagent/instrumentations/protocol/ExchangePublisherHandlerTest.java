package io.metricsagent.instrumentations.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request whose answer is published. */
class ExchangePublisherHandlerTest {
  private final List<Object> ends = new ArrayList<>();

  /** Hears of the ends; a progress is no answer. */
  private final class Request implements Exchange {
    @Override
    public void ended(String tool, Origin origin, long nanos, Object answer, Throwable error) {
      assertThat(nanos).isPositive();
      ends.add(error == null ? "answer " + answer : error);
    }

    @Override
    public boolean isAnswer(Object value) {
      return !value.equals("progress");
    }

    @Override
    public Object replaced(Object argument) {
      return "watched " + argument;
    }
  }

  private final ExchangePublisherHandler handler =
      new ExchangePublisherHandler(
          (request, other) -> request == null ? null : new Request(), new Recorded().telemetry());
  private final Woven method = Woven.replacing(1, handler);

  private Object call(Object publisher) {
    return method.call(args -> publisher, "session", "request", "transport");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void endsWithItsAnswerAndOnce() {
    Object published = call(Fluxes.of("progress", "done", "more"));
    assertThat(ends).isEmpty();

    Fluxes.read(published);
    assertThat(ends).containsExactly("answer done");
  }

  @Test
  void mayEndWithoutAnAnswer() {
    Fluxes.read(call(Fluxes.empty()));

    assertThat(ends).containsExactly("answer null");
  }

  @Test
  void failsAsItsPublisherDoes() {
    IllegalStateException error = new IllegalStateException();
    Fluxes.read(call(Fluxes.failed(error, "progress")));

    assertThat(ends).containsExactly(error);
  }

  @Test
  void isCancelledByWhoWantsNoMore() {
    Fluxes.cancel(call(Fluxes.silent(() -> {})));

    assertThat(ends).containsExactly(Errors.CANCELLED);
  }

  @Test
  void failsWithWhatTheMethodThrows() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                method.call(
                    args -> {
                      throw thrown;
                    },
                    "session",
                    "request",
                    "transport"))
        .isSameAs(thrown);
    assertThat(ends).containsExactly(thrown);
  }

  @Test
  void maySeeItsAnswerThroughAnArgument() {
    method.call(
        args -> {
          assertThat(args[1]).isEqualTo("watched transport");
          return null;
        },
        "session",
        "request",
        "transport");
  }

  @Test
  void whatIsOfNoInterestIsLeftAlone() {
    Object publisher = Fluxes.of("done");

    assertThat(method.call(args -> publisher, "session", null, "transport")).isSameAs(publisher);
  }
}
