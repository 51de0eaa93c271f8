package io.metricsagent.instrumentations.libraries.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Basic;
import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.AMQImpl.Tx;
import org.junit.jupiter.api.Test;

class AmqpMethodTest {
  @Test
  void aMethodIsKnownByItsClass() {
    assertThat(AmqpMethod.of(new Basic.Ack(1, true))).isEqualTo(AmqpMethod.ACK);
    assertThat(AmqpMethod.of(new Basic.Nack(1, true, true))).isEqualTo(AmqpMethod.NACK);
    assertThat(AmqpMethod.of(new Basic.Reject(1, true))).isEqualTo(AmqpMethod.REJECT);
    assertThat(AmqpMethod.of(new Basic.Recover(true))).isEqualTo(AmqpMethod.RECOVER);
    assertThat(AmqpMethod.of(new Basic.Get("q", true))).isEqualTo(AmqpMethod.GET);
    assertThat(AmqpMethod.of(new Basic.GetOk(1, true, 1))).isEqualTo(AmqpMethod.GET_OK);
    assertThat(AmqpMethod.of(new Basic.GetEmpty())).isEqualTo(AmqpMethod.GET_EMPTY);
    assertThat(AmqpMethod.of(new Tx.Select())).isEqualTo(AmqpMethod.SELECT);
    assertThat(AmqpMethod.of(new Tx.Commit())).isEqualTo(AmqpMethod.COMMIT);
    assertThat(AmqpMethod.of(new Tx.Rollback())).isEqualTo(AmqpMethod.ROLLBACK);
  }

  @Test
  void anyOtherMethodIsNoneOfThese() {
    assertThat(AmqpMethod.of(new Basic.Publish())).isEqualTo(AmqpMethod.OTHER);
    assertThat(AmqpMethod.of(null)).isEqualTo(AmqpMethod.OTHER);
    assertThat(AmqpMethod.of("a text")).isEqualTo(AmqpMethod.OTHER);
  }

  @Test
  void threeMethodsSettle() {
    assertThat(AmqpMethod.values())
        .filteredOn(AmqpMethod::settles)
        .containsExactly(AmqpMethod.ACK, AmqpMethod.NACK, AmqpMethod.REJECT);
  }

  @Test
  void aRejectionIsOfOneMessage() {
    assertThat(AmqpMethod.isMultiple(new Basic.Reject(7, false))).isFalse();
    assertThat(AmqpMethod.isMultiple(new Basic.Nack(7, true, false))).isTrue();
  }

  @Test
  void readsWhatAMethodSays() {
    assertThat(AmqpMethod.tag(new Basic.Ack(300, false))).isEqualTo(300);
    assertThat(AmqpMethod.requeues(new Basic.Reject(1, true))).isTrue();
    assertThat(AmqpMethod.requeues(new Basic.Nack(1, true, false))).isFalse();
    assertThat(AmqpMethod.queue(new Basic.Get("q", false))).isEqualTo("q");
    assertThat(AmqpMethod.isWithoutAck(new Basic.Get("q", true))).isTrue();
    assertThat(AmqpMethod.isRedelivered(new Basic.GetOk(1, true, 5))).isTrue();
    assertThat(AmqpMethod.messagesLeft(new Basic.GetOk(1, true, 5))).isEqualTo(5);
    assertThat(AmqpMethod.messagesLeft(new Basic.GetEmpty())).isEqualTo(-1);
  }
}
