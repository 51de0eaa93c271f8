package io.metricsagent.instrumentations.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A request over the wire with all its attempts. */
class RoundTripHandlerTest {
  private final Recorded recorded = new Recorded();
  private final Woven chat =
      Woven.with(new LlmCallHandler(new Chats("openai", "gpt"), recorded.telemetry()));
  private final Woven trip = Woven.with(new RoundTripHandler());
  private final Woven attempt = Woven.with(new AttemptHandler());

  private AdapterSnapshot chat(Woven.Body body) {
    chat.call(body, "client", "request");
    return recorded.adapter();
  }

  private static RuntimeException refused() {
    return new AttemptHandlerTest.RefusedException();
  }

  @Test
  void isTheAttemptWhereTheLibraryShowsNone() {
    AdapterSnapshot chats = chat(args -> trip.call(none -> "sent", "http"));

    assertThat(chats.renderLatency().count()).isEqualTo(1);
  }

  @Test
  void tellsARefusalWhereTheLibraryShowsNone() {
    assertThatThrownBy(
            () ->
                chat(
                    args ->
                        trip.call(
                            none -> {
                              throw refused();
                            },
                            "http")))
        .isInstanceOf(AttemptHandlerTest.RefusedException.class);

    assertThat(recorded.adapter().throttleCount()).isEqualTo(1);
  }

  @Test
  void leavesRefusalsToTheAttemptsThatAreShown() {
    assertThatThrownBy(
            () ->
                chat(
                    args ->
                        trip.call(
                            none ->
                                attempt.call(
                                    inner -> {
                                      throw refused();
                                    },
                                    "transport"),
                            "http")))
        .isInstanceOf(AttemptHandlerTest.RefusedException.class);

    assertThat(recorded.adapter().throttleCount()).isEqualTo(1);
  }

  @Test
  void endsWithItsFuture() {
    CompletableFuture<Object> sent = new CompletableFuture<>();
    AdapterSnapshot chats =
        chat(
            args -> {
              CompletableFuture<?> got = (CompletableFuture<?>) trip.call(none -> sent, "http");
              sent.complete("sent");
              return got.join();
            });

    assertThat(chats.renderLatency().count()).isEqualTo(1);
  }

  @Test
  void isNoneAfterTheEndOfItsRequestNorOutsideOfOne() {
    CompletableFuture<Object> sent = new CompletableFuture<>();
    chat(
        args -> {
          trip.call(none -> sent, "http");
          return "answer";
        });
    sent.completeExceptionally(refused());
    assertThat(trip.call(none -> "sent", "http")).isEqualTo("sent");

    assertThat(recorded.adapter().throttleCount()).isZero();
    assertThat(recorded.adapter().renderLatency().count()).isZero();
  }
}
