package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the name of a method, or the user, says of it. */
class MailboxRoleTest {
  @ParameterizedTest
  @CsvSource({
    "sendMessage, SEND",
    "Offer, SEND",
    "negativeAcknowledge, NACK",
    "release, NACK",
    "receive, RECEIVE",
    "onMessage, RECEIVE",
    "remove, RECEIVE",
    "acknowledge, ACK",
    "delete, ACK",
    "expireOld, EXPIRED",
    "deadLetter, DEAD_LETTER",
    "moveToDlq, DEAD_LETTER",
    "approximateNumber, DEPTH",
    "size, DEPTH",
  })
  void isGuessedByTheBeginningOfTheName(String method, MailboxRole role) {
    assertThat(MailboxRole.guessed(method)).isEqualTo(role);
  }

  @Test
  void isUnknownForAnotherName() {
    assertThat(MailboxRole.guessed("resend")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void isWrittenAsItsWord(MailboxRole role) {
    assertThat(MailboxRole.written(role.name())).isEqualTo(role);
    assertThat(MailboxRole.words()).contains(role.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void isNoneForAnotherWord() {
    assertThat(MailboxRole.written("Dead_Letter")).isEqualTo(MailboxRole.DEAD_LETTER);
    assertThat(MailboxRole.written("poll")).isNull();
  }
}
