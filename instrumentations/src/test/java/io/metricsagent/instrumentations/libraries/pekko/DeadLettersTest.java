package io.metricsagent.instrumentations.libraries.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.ActorSelectionMessage;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.DeadLetterSuppression;
import org.apache.pekko.actor.Identify;
import org.junit.jupiter.api.Test;

/** Which messages are published as dead letters. */
class DeadLettersTest {
  private interface Below extends DeadLetterSuppression {}

  private static class Base implements Below {}

  private static final class Derived extends Base {}

  @Test
  void aMessageIsADeadLetterHoweverItIsWrapped() {
    assertThat(DeadLetters.isOne("x")).isTrue();
    assertThat(DeadLetters.isOne(new DeadLetter("x"))).isTrue();
    assertThat(DeadLetters.isOne(new DeadLetter(new ActorSelectionMessage("x")))).isTrue();
  }

  @Test
  void aQuestionOrAMessageThatMayBeLostIsNone() {
    assertThat(DeadLetters.isOne(new DeadLetter(new Identify()))).isFalse();
    assertThat(DeadLetters.isOne(new ActorSelectionMessage(new Identify()))).isFalse();
    assertThat(DeadLetters.isOne(new Derived())).isFalse();
    assertThat(DeadLetters.isOne(new DeadLetter(new Derived()))).isFalse();
    assertThat(DeadLetters.isOne(null)).isFalse();
  }
}
