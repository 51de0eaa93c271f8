package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LlmPathsTest {
  /** Something that has a model's name: a request, a client or a response. */
  public record Named(String model) {}

  /** A response with tokens. */
  public record Answer(String model, Integer tokens) {}

  private static final UsageReader USAGE =
      new UsagePaths("tokens()", List.of("longValue()"), List.of(), "longValue()");

  private static final LlmPaths PATHS =
      LlmPaths.of("chat", client -> "provider of " + client, USAGE)
          .requestModelAt("model()")
          .clientModelAt("model()")
          .responseModelAt("model()");

  @Test
  void readsTheModelOfTheRequestBeforeThatOfTheClient() {
    assertThat(PATHS.requestModel(new Named("client's"), new Named("request's")))
        .isEqualTo("request's");
    assertThat(PATHS.requestModel(new Named("client's"), new Named(null))).isEqualTo("client's");
    assertThat(PATHS.requestModel(new Named(" "), null)).isNull();
  }

  @Test
  void readsTheResponse() {
    assertThat(PATHS.responseModel(new Answer("gpt-4o", 7))).isEqualTo("gpt-4o");
    Object usage = PATHS.usage().usageIn(new Answer("gpt-4o", 7));
    assertThat(PATHS.usage().input(usage)).isEqualTo(7);
  }

  @Test
  void hasAnOperationAndAProvider() {
    assertThat(PATHS.operation()).isEqualTo("chat");
    assertThat(PATHS.operation("request")).isEqualTo("chat");
    assertThat(PATHS.provider("client")).isEqualTo("provider of client");
  }

  @Test
  void valuesWithoutAPathAreUnknown() {
    LlmPaths none = LlmPaths.of("chat", client -> "provider", USAGE);

    assertThat(none.requestModel(new Named("client's"), new Named("request's"))).isNull();
    assertThat(none.responseModel(new Named("response's"))).isNull();
    assertThat(none.saysNotAsked(new IllegalStateException())).isFalse();
  }

  @Test
  void aPlaceholderIsNoModelInRequestsClientsAndResponses() {
    LlmPaths paths = PATHS.placeholder("unknown");

    assertThat(paths.requestModel(new Named("client's"), new Named("unknown")))
        .isEqualTo("client's");
    assertThat(paths.requestModel(new Named("unknown"), new Named("unknown"))).isNull();
    assertThat(paths.responseModel(new Named("unknown"))).isNull();
    assertThat(PATHS.responseModel(new Named("unknown"))).isEqualTo("unknown");
  }

  @Test
  void recognisesTheErrorOfClientsThatAskNoModel() {
    LlmPaths paths = PATHS.notAsked("java.lang.UnsupportedOperationException");

    assertThat(paths.saysNotAsked(new UnsupportedOperationException())).isTrue();
    assertThat(paths.saysNotAsked(new CompletionException(new UnsupportedOperationException())))
        .isTrue();
    assertThat(paths.saysNotAsked(new IllegalStateException())).isFalse();
  }
}
