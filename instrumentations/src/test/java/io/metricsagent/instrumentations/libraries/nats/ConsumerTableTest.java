package io.metricsagent.instrumentations.libraries.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerTableTest {
  private static final int CAPACITY = 10;
  private static final String SERVER = "localhost:4222";
  private static final long IDLE = TimeUnit.MINUTES.toNanos(6);

  private final Mailboxes mailboxes = new Mailboxes(new Recorded().registry());
  private final ConsumerTable table = new ConsumerTable(CAPACITY);
  private long nanos = Long.MAX_VALUE - CAPACITY / 2; // a clock that overflows meanwhile

  private ConsumerState put(ConsumerTable into, String consumer, boolean durable) {
    nanos++;
    ConsumerFacts facts =
        new ConsumerFacts(
            "ORDERS", consumer, durable, AckPolicy.EXPLICIT, Duration.ofSeconds(30).toNanos());
    ConsumerState state = new ConsumerState(facts, mailboxes, () -> nanos);
    into.put(SERVER, "ORDERS." + consumer, state, nanos);
    return state;
  }

  private ConsumerState put(String consumer, boolean durable) {
    return put(table, consumer, durable);
  }

  private static ConsumerState find(ConsumerTable in, String consumer) {
    String subject = "$JS.ACK.ORDERS." + consumer + ".1.2.3.4.5";
    int at = AckSubject.queueAt(subject);
    return in.find(SERVER, subject, at, AckSubject.queueEnd(subject, at));
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
  void twoServersMayHaveConsumersOfOneName() {
    ConsumerState one = put("worker", true);
    ConsumerState other = new ConsumerState(one.facts(), mailboxes, () -> nanos);
    table.put("other:4222", "ORDERS.worker", other, nanos);

    assertThat(table.size()).isEqualTo(2);
    assertThat(find("worker")).isSameAs(one);
    assertThat(table.find("other:4222", "ORDERS.worker", 0, 13)).isSameAs(other);
  }

  private void idle() {
    nanos += IDLE;
  }

  @Test
  void aFullTableForgetsIdleConsumersForAWhileThatDeliveredLeastRecently() {
    ConsumerState first = put("first", false);
    for (int i = 1; i < CAPACITY; i++) {
      put("c" + i, false);
    }
    idle();
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

  private void settle(ConsumerState state) {
    nanos++;
    String subject = "$JS.ACK.ORDERS.first.1.2.3.4.5";
    state.told(
        Settlement.ACKED, subject, AckSubject.queueEnd(subject, AckSubject.queueAt(subject)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void consumersThatDeliverOrSettleAreNotForgotten(boolean durable) {
    ConsumerState[] states = new ConsumerState[CAPACITY];
    for (int i = 0; i < CAPACITY; i++) {
      states[i] = put("c" + i, durable);
      deliver(states[i]);
    }
    idle();
    for (ConsumerState state : states) {
      settle(state);
    }
    put("last", durable);

    assertThat(find("last")).isNull();
    assertThat(table.lacksConsumers()).isTrue();
    for (int i = 0; i < CAPACITY; i++) {
      assertThat(find("c" + i)).isSameAs(states[i]);
    }
  }

  @Test
  void aConsumerForWhichThereIsNoRoomIsTakenOnceOthersAreIdle() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, true);
    }
    put("last", true);
    assertThat(find("last")).isNull();
    assertThat(table.facts(SERVER, "ORDERS.last").durable()).isTrue();

    idle();
    ConsumerState last = put("last", true);
    assertThat(find("last")).isSameAs(last);
    assertThat(table.remembered()).isEqualTo(CAPACITY / 2);
  }

  @Test
  void durableConsumersStayAsLongAsThereAreOthersToForget() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, i != CAPACITY - 1);
    }
    idle();
    put("last", true);

    assertThat(table.size()).isEqualTo(CAPACITY);
    assertThat(find("c0")).isNotNull();
    assertThat(find("c" + (CAPACITY - 1))).isNull();
  }

  @Test
  void whatWasToldOfAForgottenConsumerIsRemembered() {
    for (int i = 0; i < CAPACITY; i++) {
      put("c" + i, true);
    }
    idle();
    put("last", true);

    assertThat(find("c0")).isNull();
    assertThat(table.facts(SERVER, "ORDERS.c0").durable()).isTrue();
    assertThat(table.facts("other:4222", "ORDERS.c0")).isNull();
    assertThat(table.facts(SERVER, "ORDERS.unknown")).isNull();
  }

  @Test
  void whatIsRememberedIsBounded() {
    for (int i = 0; i < 100 * CAPACITY; i++) {
      put("c" + i, true);
    }

    assertThat(table.remembered()).isEqualTo(4 * CAPACITY);
    assertThat(table.facts(SERVER, "ORDERS.c0").durable()).isTrue(); // it is followed
    assertThat(table.facts(SERVER, "ORDERS.c" + CAPACITY)).isNull();
    assertThat(table.facts(SERVER, "ORDERS.c" + (100 * CAPACITY - 1))).isNotNull();
  }

  @Test
  void ofAConsumerThatIsAsAssumedNothingIsRemembered() {
    for (int i = 0; i < 2 * CAPACITY; i++) {
      put("c" + i, false);
    }
    assertThat(table.remembered()).isZero();
  }
}
