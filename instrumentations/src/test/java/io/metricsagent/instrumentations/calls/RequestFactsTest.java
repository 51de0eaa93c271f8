package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The facts that an inner layer of a request passes on to the layer around it. */
class RequestFactsTest {
  private final RequestFacts outer = new RequestFacts();
  private final RequestFacts inner = new RequestFacts();

  @Test
  void anUnknownNameChangesNothing() {
    outer.learnProvider("openai");
    outer.learnModel("gpt");
    outer.learnAnsweringModel("gpt-1");
    outer.learnProvider(null);
    outer.learnModel(null);
    outer.learnAnsweringModel(null);

    assertThat(outer.provider()).isEqualTo("openai");
    assertThat(outer.model()).isEqualTo("gpt");
    assertThat(outer.answeringModel()).isEqualTo("gpt-1");
  }

  @Test
  void theAnsweringModelIsRecordedIfNoModelWasRequested() {
    outer.learnAnsweringModel("gpt-1");
    assertThat(outer.recordedModel()).isEqualTo("gpt-1");
    outer.learnModel("gpt");
    assertThat(outer.recordedModel()).isEqualTo("gpt");
  }

  @Test
  void factsAreCompleteWhenAnAnswerCouldAddNothing() {
    outer.learnModel("gpt");
    assertThat(outer.areNamed()).as("without a provider").isFalse();
    assertThat(outer.areComplete()).as("without tokens").isFalse();
    outer.learnProvider("openai");
    outer.tokens().add(-1, 1, -1);
    assertThat(outer.areNamed()).isTrue();
    assertThat(outer.areComplete()).isTrue();
  }

  @Test
  void theAnsweringModelIsEnoughToRecordARequestButIsNoRequestedModel() {
    outer.learnProvider("openai");
    outer.learnAnsweringModel("gpt-1");
    outer.tokens().add(1, -1, -1);

    assertThat(outer.areNamed()).isFalse();
    assertThat(outer.areComplete()).isTrue();
  }

  @Test
  void namesAreThoseOfTheLastLayerThatSucceeded() {
    outer.learnProvider("openai");
    outer.learnModel("gpt");
    inner.learnProvider("anthropic");
    inner.learnModel("claude");
    inner.handTo(outer, false);
    assertThat(outer.provider()).isEqualTo("openai");
    assertThat(outer.model()).isEqualTo("gpt");
    inner.handTo(outer, true);
    assertThat(outer.provider()).isEqualTo("anthropic");
    assertThat(outer.model()).isEqualTo("claude");
  }

  @Test
  void theNamesOfALayerThatFailedAreTakenIfNoneAreKnown() {
    inner.learnProvider("anthropic");
    inner.learnModel("claude");
    inner.learnAnsweringModel("claude-1");
    inner.handTo(outer, false);

    assertThat(outer.provider()).isEqualTo("anthropic");
    assertThat(outer.model()).isEqualTo("claude");
    assertThat(outer.answeringModel()).isEqualTo("claude-1");
  }

  @Test
  void tokensOfSeveralLayersAddUp() {
    inner.tokens().add(10, 5, 1);
    inner.handTo(outer, true);
    inner.handTo(outer, false);

    assertThat(outer.tokens().input()).isEqualTo(20);
    assertThat(outer.tokens().output()).isEqualTo(10);
    assertThat(outer.tokens().cached()).isEqualTo(2);
  }

  @Test
  void reusedFactsHaveNothingOfTheRequestBefore() {
    outer.learnProvider("openai");
    outer.tokens().add(1, 2, 3);
    outer.attempts().add(1, 2);
    outer.forget();

    assertThat(outer.provider()).isNull();
    assertThat(outer.tokens().areKnown()).isFalse();
    assertThat(outer.attempts().count()).isZero();
  }
}
