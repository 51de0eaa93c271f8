package io.metricsagent.instrumentations.libraries.pulsar;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.AckType;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which messages an acknowledgement is for. */
class IdsTest {
  private final PulsarSession session = new PulsarSession();
  private final Consumer consumer = session.consumer(SubscriptionType.Exclusive, null);

  private ConsumerState received(int messages) {
    for (int entry = 1; entry <= messages; entry++) {
      session.handOver(consumer, PulsarSession.message(entry));
    }
    return session.tracker.consumer(consumer);
  }

  private long acked() {
    return session.recorded.mailbox().acked();
  }

  private long deadLettered() {
    return session.recorded.mailbox().deadLettered();
  }

  @Test
  void oneMessageHasItsLedgerItsEntryAndItsIndex() {
    assertThat(Ids.of(new Id(7, 8, 9), false).numbers()).containsExactly(7, 8, 9);
    assertThat(Ids.of(new Id(7, 8, -1), true).numbers()).containsExactly(7, 8, -1);
  }

  @Test
  void severalMessagesFollowOneAnother() {
    assertThat(Ids.of(List.of(new Id(1, 2, 3), new Id(4, 5, 6)), false).numbers())
        .containsExactly(1, 2, 3, 4, 5, 6);
    Set<Id> set = new LinkedHashSet<>(List.of(new Id(1, 2, 3), new Id(4, 5, 6)));
    assertThat(Ids.of(set, false).numbers()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Ids.of(List.of(), false).numbers()).isEmpty();
  }

  @Test
  void whatHasNoNumbersIsNoMessage() {
    ConsumerState state = received(1);
    Ids.of(null, false).settle(state, Outcome.ACKED);
    Ids.of("no id", true).settle(state, Outcome.ACKED);

    assertThat(acked()).isZero();
    assertThat(state.unsettled()).isEqualTo(1);
  }

  @Test
  void onlyTheClientsCumulativeTypeIsCumulative() {
    assertThat(Ids.isCumulative(AckType.Cumulative)).isTrue();
    assertThat(Ids.isCumulative(AckType.Individual)).isFalse();
    assertThat(Ids.isCumulative("Cumulative")).isFalse();
    assertThat(Ids.isCumulative(null)).isFalse();
  }

  @Test
  void eachMessageIsSettledOnce() {
    ConsumerState state = received(3);
    Ids ids = Ids.of(List.of(new Id(7, 1, -1), new Id(7, 3, -1)), false);
    ids.settle(state, Outcome.DEAD_LETTERED);
    ids.settle(state, Outcome.DEAD_LETTERED);

    assertThat(deadLettered()).isEqualTo(2);
    assertThat(state.unsettled()).isEqualTo(1);
  }

  @Test
  void theMessagesBeforeAreAcknowledgedWhateverBecomesOfTheLast() {
    ConsumerState state = received(4);
    Ids.of(new Id(7, 3, -1), true).settle(state, Outcome.DEAD_LETTERED);

    assertThat(deadLettered()).isEqualTo(1);
    assertThat(acked()).isEqualTo(2);
    assertThat(state.unsettled()).isEqualTo(1);
  }
}
