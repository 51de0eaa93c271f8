package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import org.junit.jupiter.api.Test;

/** The ages of messages that were sent in this JVM. */
class SentTimesTest {
  private final SentTimes times = new SentTimes();

  @Test
  void areKnownOnceForEachTimeThatAMessageIsSent() {
    Object message = new Object();
    times.sent(message);
    assertThat(times.ageNanos(message)).isNotNegative().isNotEqualTo(MailboxMetrics.UNKNOWN);
    assertThat(times.ageNanos(message)).isEqualTo(MailboxMetrics.UNKNOWN);

    times.sent(message);
    assertThat(times.ageNanos(message)).isNotNegative();
  }

  /** Equal messages are several. */
  @Test
  void areThoseOfTheMessageItself() {
    times.sent(new String("message"));

    assertThat(times.ageNanos("message")).isEqualTo(MailboxMetrics.UNKNOWN);
  }
}
