package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsumerTableTest {
  private static final int CAPACITY = 10;

  private final Mailboxes mailboxes = new Mailboxes(new Recorded().registry());
  private final ConsumerTable table = new ConsumerTable(CAPACITY);
  private long nanos = Long.MAX_VALUE - CAPACITY / 2; // a clock that overflows meanwhile

  private ConsumerState put(ConsumerTable into, String consumer, boolean durable) {
    nanos++;
    ConsumerFacts facts =
        new ConsumerFacts(
            "ORDERS", consumer, durable, AckPolicy.EXPLICIT, Duration.ofSeconds(30).toNanos());
    ConsumerState state = new ConsumerState(facts, mailboxes, () -> nanos);
    into.put("ORDERS." + consumer, state);
    return state;
  }

  private ConsumerState put(String consumer, boolean durable) {
    return put(table, consumer, durable);
  }

  private static ConsumerState find(ConsumerTable in, String consumer) {
    String subject = "$JS.ACK.ORDERS." + consumer + ".1.2.3.4.5";
    int at = AckSubject.queueAt(subject);
    return in.find(subject, at, AckSubject.queueEnd(subject, at));
  }

  private ConsumerState find(String consumer) {
    return find(table, consumer);
  }

  @Test
  void aConsumerIsFoundByAPartOfASubject() {
    ConsumerState worker = put("worker", true);

    assertThat(find("worker")).isSameAs(worker);
    assertThat(find("worke")).isNull();
    assertThat(find("worker2")).isNull();
  }

  @Test
  void manyConsumersAreFoundAfterAnyOfThemWasReplaced() {
    int many = 1_000;
    ConsumerTable large = new ConsumerTable(many);
    ConsumerState[] states = new ConsumerState[many];
    for (int i = 0; i < 2 * many; i++) {
      states[i % many] = put(large, "c" + i % many, i % 2 == 0);
    }

    assertThat(large.size()).isEqualTo(many);
    for (int i = 0; i < many; i++) {
      assertThat(find(large, "c" + i)).isSameAs(states[i]);
    }
  }

  @Test
  void aFullTableReplacesAConsumerWithoutForgettingAny() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, false);
    }
    put("c3", false);

    assertThat(table.size()).isEqualTo(CAPACITY);
  }

  @Test
  void aFullTableForgetsConsumersForAWhileThatDeliveredLeastRecently() {
    ConsumerState first = put("first", false);
    for (int i = 1; i < CAPACITY; i++) {
      put("c" + i, false);
    }
    deliver(first);
    put("last", false);

    assertThat(table.size()).isEqualTo(CAPACITY / 2 + 1);
    assertThat(find("first")).isSameAs(first);
    assertThat(find("last")).isNotNull();
    assertThat(find("c1")).isNull();
    assertThat(find("c" + (CAPACITY - 1))).isNotNull();
  }

  private void deliver(ConsumerState state) {
    nanos++;
    String subject = "$JS.ACK.ORDERS.first.1.2.3.4.5";
    state.delivered(subject, AckSubject.queueEnd(subject, AckSubject.queueAt(subject)));
  }

  @Test
  void durableConsumersStayAsLongAsThereAreOthersToForget() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, i != CAPACITY - 1);
    }
    put("last", true);

    assertThat(table.size()).isEqualTo(CAPACITY);
    assertThat(find("c0")).isNotNull();
    assertThat(find("c" + (CAPACITY - 1))).isNull();
  }

  @Test
  void aTableFullOfDurableConsumersStillTakesAnotherOne() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, true);
    }
    ConsumerState last = put("last", true);

    assertThat(find("last")).isSameAs(last);
    assertThat(find("c0")).isNull();
    assertThat(find("c" + (CAPACITY - 1))).isNotNull();
  }
}
