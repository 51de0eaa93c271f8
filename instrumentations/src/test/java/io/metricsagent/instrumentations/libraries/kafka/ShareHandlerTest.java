package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.AcknowledgeType;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.Acknowledgements;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecord;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.NodeAcknowledgements;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TopicPartition;
import io.metricsagent.instrumentations.libraries.kafka.ShareHandler.Step;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records of share consumers. */
class ShareHandlerTest {
  private final Recorded recorded = new Recorded();
  private final ShareTracker tracker = new ShareTracker(new Mailboxes(recorded.registry()));

  private static ConsumerRecord record(long offset, int deliveryCount) {
    return new ConsumerRecord(
        offset, 1_000, FakeKafka.TimestampType.CREATE_TIME, Optional.of((short) deliveryCount));
  }

  private Woven woven(Step step) {
    return Woven.with(new ShareHandler(tracker, step));
  }

  private void polled(ConsumerRecord... records) {
    ConsumerRecords all = new ConsumerRecords().with("orders", 0, Arrays.asList(records));
    woven(Step.POLL).call(args -> all, "consumer");
  }

  private Acknowledgements take(AcknowledgeType... types) {
    Map<Long, AcknowledgeType> map = new HashMap<>();
    for (int i = 0; i < types.length; i++) {
      map.put((long) i, types[i]);
    }
    Acknowledgements acknowledgements = new Acknowledgements(map);
    Map<TopicPartition, NodeAcknowledgements> taken =
        Map.of(new TopicPartition("orders", 0), new NodeAcknowledgements(acknowledgements));
    woven(Step.TAKE).call(args -> taken, "fetch");
    return acknowledgements;
  }

  @Test
  void theDeliveryCountIsThatOfTheRecord() {
    polled(record(0, 1), record(1, 1), record(2, 3));

    assertThat(recorded.mailbox().received()).isEqualTo(3);
    assertThat(recorded.mailbox().deliveryCounts().subList(0, 3)).isEqualTo(List.of(2L, 0L, 1L));
    assertThat(recorded.mailbox().retries()).isEqualTo(2);
  }

  @Test
  void eachTypeHasItsOutcomeOnceTheBrokerHasConfirmed() {
    Acknowledgements acknowledgements =
        take(
            AcknowledgeType.ACCEPT,
            AcknowledgeType.ACCEPT,
            AcknowledgeType.RELEASE,
            AcknowledgeType.REJECT,
            AcknowledgeType.RENEW,
            null);
    polled(record(0, 1));
    assertThat(recorded.mailbox().acked()).isZero();

    woven(Step.COMPLETE).call(args -> null, acknowledgements, (Object) null);
    woven(Step.COMPLETE).call(args -> null, acknowledgements, (Object) null);
    assertThat(recorded.mailbox().acked()).isEqualTo(2);
    assertThat(recorded.mailbox().nacked()).isEqualTo(1);
    assertThat(recorded.mailbox().deadLettered()).isEqualTo(1);
  }

  @Test
  void acknowledgementsThatTheBrokerRefusesCountNothing() {
    Acknowledgements acknowledgements = take(AcknowledgeType.ACCEPT);
    woven(Step.COMPLETE).call(args -> null, acknowledgements, new IllegalStateException());
    polled(record(0, 1));

    assertThat(recorded.mailbox().acked()).isZero();
  }

  @Test
  void aRenewedRecordThatIsReturnedAgainIsNoDelivery() {
    ConsumerRecord renewed = record(0, 1);
    ConsumerRecord other = record(1, 1);
    polled(renewed, other);
    woven(Step.ACKNOWLEDGE).call(args -> null, "consumer", renewed, AcknowledgeType.RENEW);
    woven(Step.ACKNOWLEDGE).call(args -> null, "consumer", other, AcknowledgeType.ACCEPT);
    polled(renewed, record(2, 1));
    assertThat(recorded.mailbox().received()).isEqualTo(3);

    polled(record(0, 2));
    assertThat(recorded.mailbox().received()).isEqualTo(4);
  }
}
