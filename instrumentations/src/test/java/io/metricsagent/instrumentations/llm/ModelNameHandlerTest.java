package io.metricsagent.instrumentations.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import org.junit.jupiter.api.Test;

/** A method that names the model within a request that does not. */
class ModelNameHandlerTest {
  private final Recorded recorded = new Recorded();
  private final Woven chat =
      Woven.with(new LlmCallHandler(new Chats("ollama", null), recorded.telemetry()));
  private final Woven result = Woven.with(ModelNameHandler.ofResult());

  private String modelAfter(Runnable within) {
    chat.call(
        args -> {
          within.run();
          return "answer";
        },
        "client",
        "request");
    return recorded.adapter().model();
  }

  @Test
  void theModelIsTheResultOfTheMethod() {
    assertThat(modelAfter(() -> result.call(args -> "llama", "options"))).isEqualTo("llama");
  }

  @Test
  void theModelIsTheArgumentOfTheMethod() {
    Woven argument = Woven.with(ModelNameHandler.ofArgument(options -> "of " + options));

    assertThat(modelAfter(() -> argument.call(args -> null, "builder", "options")))
        .isEqualTo("of options");
  }

  @Test
  void theFirstNameOfTheModelStays() {
    assertThat(
            modelAfter(
                () -> {
                  result.call(args -> "llama", "options");
                  result.call(args -> "other", "options");
                }))
        .isEqualTo("llama");
  }

  @Test
  void blankTextsAndOtherObjectsAreNoNames() {
    assertThat(
            modelAfter(
                () -> {
                  result.call(args -> " ", "options");
                  result.call(args -> 7, "options");
                  result.call(args -> "llama", "options");
                }))
        .isEqualTo("llama");
  }

  @Test
  void aNameOutsideOfARequestIsIgnored() {
    assertThat(result.call(args -> "llama", "options")).isEqualTo("llama");
    assertThat(recorded.adapters()).isEmpty();
  }
}
