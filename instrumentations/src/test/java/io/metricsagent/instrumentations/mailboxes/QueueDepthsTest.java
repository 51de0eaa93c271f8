package io.metricsagent.instrumentations.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Recorded;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueueDepthsTest {
  private final Recorded recorded = new Recorded();
  private final Mailboxes mailboxes = new Mailboxes(recorded.registry());
  private long now = Long.MAX_VALUE; // a clock that overflows next
  private final QueueDepths depths = new QueueDepths(mailboxes, () -> now);

  @Test
  void theLastAnswerIsKnownForFiveMinutes() {
    depths.left(mailboxes.of("orders", "rabbitmq"), 9);
    depths.left(mailboxes.of("orders", "rabbitmq"), 4);
    now += TimeUnit.MINUTES.toNanos(5);
    assertThat(recorded.mailbox().depth()).isEqualTo(4);

    now++;
    assertThat(recorded.mailbox().depth()).isNull();
  }

  @Test
  void anAnswerWithoutANumberTellsNothing() {
    depths.left(mailboxes.of("orders", "rabbitmq"), 9);
    depths.left(mailboxes.of("orders", "rabbitmq"), -1);

    assertThat(recorded.mailbox().depth()).isEqualTo(9);
  }
}
