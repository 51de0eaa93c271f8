package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.testing.FaultyChats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A model that returns a publisher: each subscription is a request. */
class LlmFluxHandlerTest {
  private final Recorded recorded = new Recorded();
  private final FaultyChats chats = new FaultyChats();
  private final List<Object> read = new ArrayList<>();
  private final Woven model =
      Woven.replacing(
          0,
          new LlmFluxHandler(
              chats,
              (piece, stream) -> {
                read.add(piece);
                stream.content();
              },
              recorded.telemetry()));

  private Object call(Object answer) {
    return model.call(args -> answer, "model", "request");
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void nothingHappensUntilSomebodySubscribes() {
    assertThat(call(Fluxes.of("a", "b"))).isInstanceOf(Flux.class);

    assertThat(recorded.adapters()).isEmpty();
  }

  @Test
  void endsWithItsLastPiece() {
    Fluxes.read(call(Fluxes.of("a", "b")));

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
    assertThat(recorded.adapter().timeToFirstToken().count()).isEqualTo(1);
    assertThat(recorded.adapter().activeRequests()).isZero();
    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void isARequestForEachSubscription() {
    Object answer = call(Fluxes.of("a"));
    Fluxes.read(answer);
    Fluxes.read(answer);

    assertThat(recorded.adapter().requestCount()).isEqualTo(2);
  }

  @Test
  void failsAsItsPublisherDoes() {
    Fluxes.read(call(Fluxes.failed(new IllegalStateException(), "a")));

    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void isCancelledWithItsSubscription() {
    Fluxes.cancel(call(Fluxes.silent(() -> {})));

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
    assertThat(recorded.adapter().errorCount()).isZero();
  }

  @Test
  void isUnderWayUntilItsEnd() {
    Fluxes.read(call(Fluxes.silent(() -> {})));

    assertThat(recorded.adapter().requestCount()).isZero();
    assertThat(recorded.adapter().activeRequests()).isEqualTo(1);
  }

  @Test
  void isOneRequestInTwoLayers() {
    Object inner = call(Fluxes.of("a"));
    Fluxes.read(call(Flux.from(subscriber -> ((Flux) inner).subscribe(subscriber))));

    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void isNotCountedIfTheMethodThrowsOrReturnsNull() {
    IllegalStateException thrown = new IllegalStateException();

    assertThat(call(null)).isNull();
    assertThatThrownBy(
            () ->
                model.call(
                    args -> {
                      throw thrown;
                    },
                    "model",
                    "request"))
        .isSameAs(thrown);
    assertThat(recorded.adapters()).isEmpty();
  }

  @Test
  void isNotCountedAtALayerThatIsNotMeasured() {
    StreamPieces pieces =
        new StreamPieces() {
          @Override
          public void read(Object piece, OpenStream stream) {}

          @Override
          public boolean measures(Object client) {
            return false;
          }
        };
    Woven other = Woven.with(new LlmFluxHandler(chats, pieces, recorded.telemetry()));
    Flux<Object> answer = Fluxes.of("a");

    assertThat(other.call(args -> answer, "model", "request")).isSameAs(answer);
  }

  @Test
  void mayBeAPublisherOfTheJdk() {
    Flow.Publisher<String> answer = Flow.Subscriber::onComplete;

    assertThat(call(answer)).isInstanceOf(Flow.Publisher.class).isNotSameAs(answer);
  }

  /** One fault must not make every later call of this thread a part of the first. */
  @Test
  void aFaultOfTheAgentAtTheSubscriptionCostsThatRequestAlone() {
    Object answer = call(Fluxes.of("a"));
    chats.fail(true);
    Fluxes.read(answer);
    assertThat(FrameStack.current().top()).isNull();
    assertThat(recorded.requests()).isZero();

    chats.fail(false);
    Fluxes.read(answer);
    assertThat(recorded.requests()).isEqualTo(1);
  }

  @Test
  void aFaultOfTheAgentAtAPieceLeavesThePieceToTheSubscriber() {
    Woven faulty =
        Woven.with(
            new LlmFluxHandler(
                chats,
                (piece, stream) -> {
                  throw new NoClassDefFoundError();
                },
                recorded.telemetry()));
    Fluxes.read(faulty.call(args -> Fluxes.of("a"), "model", "request"));

    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }
}
