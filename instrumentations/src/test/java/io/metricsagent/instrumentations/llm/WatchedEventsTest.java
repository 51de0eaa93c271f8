package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Fluxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The events of an answer, in front of who takes them. */
class WatchedEventsTest {
  private final Recorded recorded = new Recorded();
  private final LlmRecorder recorder =
      new LlmRecorder(new Chats("openai", "gpt"), recorded.telemetry());
  private final OpenStream stream =
      new OpenStream(RequestFrame.apart("client", "request", 0), recorder);
  private final List<Object> events = new ArrayList<>();

  private Object inFrontOf(Object publisher) {
    return WatchedEvents.inFrontOf(publisher, "Publisher", events::add, stream);
  }

  @SuppressWarnings("unchecked") // a publisher of the same objects
  private Flux<Object> watched(Flux<Object> publisher) {
    Publisher<Object> watched = (Publisher<Object>) inFrontOf(publisher);
    assertThat(watched).isNotSameAs(publisher);
    return Flux.from(watched);
  }

  @Test
  void areSeenAndEndNothing() {
    Fluxes.read(watched(Fluxes.of("a", "b")));

    assertThat(events).containsExactly("a", "b");
    assertThat(recorded.requests()).isZero();
  }

  /** The library may try again. */
  @Test
  void endNothingWhereTheyFail() {
    Fluxes.read(watched(Fluxes.failed(new IllegalStateException(), "a")));

    assertThat(events).containsExactly("a");
    assertThat(recorded.requests()).isZero();
  }

  @Test
  void endTheRequestWhereNobodyWantsThem() {
    Fluxes.cancel(watched(Fluxes.silent(() -> {})));

    assertThat(recorded.adapter().cancelledCount()).isEqualTo(1);
  }

  @Test
  void whatIsNoPublisherIsLeftAlone() {
    assertThat(inFrontOf("text")).isEqualTo("text");
  }
}
