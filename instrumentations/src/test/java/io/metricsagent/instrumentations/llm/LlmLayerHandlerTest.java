package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.FaultyChats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A framework's model that publishes an answer, above a client that is measured or not. */
class LlmLayerHandlerTest {
  private final Recorded recorded = new Recorded();
  private final FaultyChats chats = new FaultyChats();
  private final StreamPieces pieces = (piece, stream) -> stream.content();
  private final Woven layer = Woven.with(new LlmLayerHandler(chats, pieces, recorded.telemetry()));
  private final Woven client = Woven.with(new LlmFluxHandler(chats, pieces, recorded.telemetry()));

  private Object call(Woven.Body body) {
    return layer.call(body, "framework", "request");
  }

  @SuppressWarnings("unchecked") // a publisher of the same objects
  private Flux<Object> ofClient(Flux<Object> answer) {
    return (Flux<Object>) client.call(args -> answer, "client", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void isTheRequestIfNoRequestBeginsBelow() {
    Object answer = call(args -> Fluxes.of("a", "b"));
    assertThat(recorded.adapters()).isEmpty();

    Fluxes.read(answer);
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void isNotCountedIfARequestBeginsBelow() {
    Flux<Object> below = ofClient(Fluxes.of("a"));
    Fluxes.read(call(args -> Flux.from(subscriber -> below.subscribe(subscriber))));

    assertThat(recorded.requests()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void tellsTheRequestBelowThatTheSubscriberCancelled() {
    Flux<Object> below = ofClient(Fluxes.silent(() -> {}));
    Fluxes.cancel(call(args -> Flux.from(subscriber -> below.subscribe(subscriber))));

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void isCancelledWithItsSubscription() {
    Fluxes.cancel(call(args -> Fluxes.silent(() -> {})));

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
  }

  @Test
  void failsAsItsPublisherDoes() {
    Fluxes.read(call(args -> Fluxes.failed(new IllegalStateException())));

    assertThat(recorded.adapter().errorCount()).isEqualTo(1);
  }

  @Test
  void failsWithTheExceptionOfTheMethod() {
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                call(
                    args -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(recorded.adapter().errorCount()).isEqualTo(1);
  }

  @Test
  void isOneRequestInTwoLayers() {
    Fluxes.read(call(args -> call(inner -> Fluxes.of("a"))));

    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void aFaultOfTheAgentLeavesTheAnswerAndTheThread() {
    chats.fail(true);
    Fluxes.read(call(args -> Fluxes.of("a")));
    assertThat(FrameStack.current().top()).isNull();

    chats.fail(false);
    Fluxes.read(call(args -> Fluxes.of("a")));
    assertThat(recorded.requests()).isEqualTo(1);
  }

  /** Hands a publisher on, but not that its subscriber wants no more. */
  private static Flux<Object> deaf(Runnable subscribed) {
    return Fluxes.silent(subscribed);
  }

  @Test
  void tellsARequestOfItsSubscriptionWhoseClientDoesNotHearOfTheCancellation() {
    Flux<Object> below = ofClient(Fluxes.silent(() -> {}));
    Fluxes.cancel(call(args -> deaf(() -> Fluxes.read(below))));

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.requests()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isZero();
  }

  @Test
  void tellsARequestOfItsMethodWhoseClientDoesNotHearOfTheCancellation() {
    Flux<Object> below = ofClient(Fluxes.silent(() -> {}));
    Object answer =
        call(
            args -> {
              Fluxes.read(below);
              return deaf(() -> {});
            });
    assertThat(recorded.requests()).isZero();

    Fluxes.cancel(answer);
    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.requests()).isEqualTo(1);
  }
}
