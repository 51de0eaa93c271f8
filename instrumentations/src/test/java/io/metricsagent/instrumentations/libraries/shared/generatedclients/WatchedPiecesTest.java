package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.instrumentations.llm.LlmResultHandler;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The pieces of an answer, fetched when the application asks for them. */
class WatchedPiecesTest {
  private final Recorded recorded = new Recorded();

  private Stream<Object> watched(Stream<?> pieces, EventDecoder events) {
    Woven model =
        Woven.with(
            new LlmResultHandler(
                new Chats("openai", "gpt"),
                (result, stream) -> new WatchedPieces((Stream<?>) result, stream, events),
                true,
                recorded.telemetry()));
    @SuppressWarnings("unchecked") // as the watch above makes it
    Spliterator<Object> spliterator =
        (Spliterator<Object>) model.call(args -> pieces, "model", "request");
    return StreamSupport.stream(spliterator, false);
  }

  @Test
  void theLastPieceEndsTheRequest() {
    List<Object> read = watched(Stream.of("a", "b"), (event, stream) -> stream.content()).toList();

    AdapterSnapshot openai = recorded.adapter();
    assertThat(read).containsExactly("a", "b");
    assertThat(openai.requestCount()).isEqualTo(1);
    assertThat(openai.errorCount()).isZero();
    assertThat(openai.interChunkLatency().count()).isEqualTo(1);
  }

  @Test
  void aPieceThatThrowsEndsTheRequestWithItsException() {
    IllegalStateException thrown = new IllegalStateException();
    Stream<Object> failing =
        watched(
            Stream.of("a")
                .peek(
                    piece -> {
                      throw thrown;
                    }),
            (event, stream) -> {});

    assertThatThrownBy(failing::toList).isSameAs(thrown);
    assertThat(recorded.adapter().errorTypes())
        .isEqualTo(Map.of(IllegalStateException.class.getName(), 1L));
  }

  @Test
  void theRequestGoesOnUntilTheApplicationHasReadAllPieces() {
    assertThat(watched(Stream.of("a", "b"), (event, stream) -> stream.content()).findFirst())
        .contains("a");
    assertThat(recorded.requests()).isZero();
  }

  /** A class that a newer library lacks is an error, and no exception. */
  @Test
  void aFaultOfTheAgentAtAPieceLeavesThePiece() {
    EventDecoder faulty =
        (event, stream) -> {
          throw new NoClassDefFoundError();
        };

    assertThat(watched(Stream.of("a", "b"), faulty).toList()).containsExactly("a", "b");
    assertThat(recorded.adapter().requestCount()).isEqualTo(1);
  }
}
