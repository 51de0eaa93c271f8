package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A request that ended within another one, and the effect of the next inner request on it. */
class InnerRequestTest {
  private final RequestFrame outer = RequestFrame.apart(new Object(), null, 0);
  private final InnerRequest inner = outer.innerOrNew();

  private void ended() {
    outer.facts().tokens().add(10, 5, 1);
    outer.attempts().add(1, 3);
    inner.remember("openai", "gpt", "chat", null, 1, 4);
  }

  @Test
  void takesTheTokensAndAttemptsOfTheOuterRequestWhenAnotherRequestBegins() {
    ended();
    outer.anotherBegins();

    assertThat(inner.isFollowed()).isTrue();
    assertThat(inner.facts().tokens().input()).isEqualTo(10);
    assertThat(inner.facts().attempts().count()).isEqualTo(1);
    assertThat(outer.facts().tokens().areKnown()).isFalse();
    assertThat(outer.attempts().count()).isZero();
  }

  @Test
  void takesTheTokensAndAttemptsOnce() {
    ended();
    outer.anotherBegins();
    outer.facts().tokens().add(7, 7, 7);
    outer.anotherBegins();

    assertThat(inner.facts().tokens().input()).isEqualTo(10);
    assertThat(outer.facts().tokens().input()).isEqualTo(7);
  }

  @Test
  void takesNothingIfNoInnerRequestHasEnded() {
    outer.facts().tokens().add(10, 5, 1);
    outer.anotherBegins();

    assertThat(inner.isFollowed()).isFalse();
    assertThat(outer.facts().tokens().input()).isEqualTo(10);
  }

  @Test
  void givesTheTokensAndAttemptsBack() {
    ended();
    outer.anotherBegins();
    outer.facts().tokens().add(2, 0, 0);
    outer.attempts().add(5, 6);
    inner.giveBackTo(outer);

    assertThat(inner.isFollowed()).isFalse();
    assertThat(outer.facts().tokens().input()).isEqualTo(12);
    assertThat(outer.attempts().count()).isEqualTo(2);
  }

  @Test
  void isRetriedByTheSameModelAndUnknownValuesMatchAnything() {
    ended();

    assertThat(inner.isRetriedBy("openai", "gpt", "chat")).isTrue();
    assertThat(inner.isRetriedBy(null, null, "chat")).isTrue();
    assertThat(inner.isRetriedBy("openai", "gpt-2", "chat")).isFalse();
    assertThat(inner.isRetriedBy("anthropic", "gpt", "chat")).isFalse();
    assertThat(inner.isRetriedBy("openai", "gpt", "embeddings")).isFalse();
  }

  @Test
  void isMovedByTimeThatIsLeftOut() {
    inner.leaveOut(7);
    assertThat(inner.endNanos()).as("there is none").isZero();
    ended();
    inner.leaveOut(7);

    assertThat(inner.startNanos()).isEqualTo(8);
    assertThat(inner.endNanos()).isEqualTo(11);
  }
}
