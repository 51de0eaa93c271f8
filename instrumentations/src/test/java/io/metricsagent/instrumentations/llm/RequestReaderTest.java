package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which facts of a request are read, and which stay as they are. */
class RequestReaderTest {
  /** As the decoder reads it. */
  public record Usage(long in, long out, long cached) {}

  /** An answer. */
  public record Response(Usage usage) {}

  private static final RequestReader READER =
      new RequestReader(
          new Chats("openai", "gpt") {
            @Override
            public String responseModel(Object response) {
              return "gpt-1";
            }
          });

  private final FrameStack stack = FrameStack.current();
  private final RequestFrame request = stack.pushRequest(null, this, "request");

  @AfterEach
  void end() {
    stack.end(request);
  }

  @Test
  void aLayerPassesProviderAndModelOnToTheRequest() {
    RequestFrame layer = stack.pushRequest(request, this, "layer");
    request.facts().learnModel("another");
    READER.readRequest(layer);

    assertThat(request.facts().provider()).isEqualTo("openai");
    assertThat(request.facts().model()).isEqualTo("gpt");
  }

  @Test
  void factsFromAnInnerLayerStay() {
    request.facts().learnModel("another");
    request.facts().learnAnsweringModel("another-1");
    request.facts().tokens().add(1, 2, 3);
    READER.readNames(request);
    READER.readAnswer(request, new Response(new Usage(10, 20, 30)));

    assertThat(request.facts().provider()).isEqualTo("openai");
    assertThat(request.facts().model()).isEqualTo("another");
    assertThat(request.facts().answeringModel()).isEqualTo("another-1");
    assertThat(request.facts().tokens().input()).isEqualTo(1);
  }

  @Test
  void theTokensOfTheRoundBeforeAreSubtracted() {
    request.follows(new Response(new Usage(4, 30, 5)));
    READER.readAnswer(request, new Response(new Usage(10, 20, 30)));

    assertThat(request.facts().tokens().input()).isEqualTo(6);
    assertThat(request.facts().tokens().output()).as("never negative").isZero();
    assertThat(request.facts().tokens().cached()).isEqualTo(30);
  }

  @Test
  void theAnsweringModelIsReadWhereTheRequestNamesNone() {
    RequestReader unnamed =
        new RequestReader(
            new Chats("openai", null) {
              @Override
              public String responseModel(Object response) {
                return "gpt-1";
              }
            });
    unnamed.readAnswer(request, new Response(null));

    assertThat(request.facts().model()).isNull();
    assertThat(request.facts().recordedModel()).isEqualTo("gpt-1");
  }

  @Test
  void withoutAnAnswerNoTokensAreKnown() {
    READER.readNames(request);

    assertThat(request.facts().model()).isEqualTo("gpt");
    assertThat(request.facts().answeringModel()).isNull();
    assertThat(request.facts().tokens().areKnown()).isFalse();
  }
}
