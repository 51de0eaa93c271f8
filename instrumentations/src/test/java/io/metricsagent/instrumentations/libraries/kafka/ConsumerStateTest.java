package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecord;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.TimestampType;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a poll delivers, and what it costs where there is much of something. */
class ConsumerStateTest {
  private static final int TOPICS = 100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Recorded recorded = new Recorded();
  private final Mailboxes mailboxes = new Mailboxes(recorded.registry());

  /** Counts how often its name is read. */
  public static final class Partition {
    private int reads;

    private final String topic;

    Partition(String topic) {
      this.topic = topic;
    }

    /** Returns the topic. */
    public String topic() {
      reads++;
      return topic;
    }

    /** Returns the number. */
    public int partition() {
      return 0;
    }
  }

  /** A consumer of many topics. */
  public record ManyTopics(Set<Partition> assignment) {}

  @Test
  void aNewAssignmentIsReadOnceWhateverTheNumberOfTopics() {
    Set<Partition> assignment = new HashSet<>();
    ConsumerRecords records = new ConsumerRecords();
    for (int i = 0; i < TOPICS; i++) {
      assignment.add(new Partition("topic" + i));
      records.with("topic" + i, 0, 1_000, 0);
    }
    ManyTopics consumer = new ManyTopics(assignment);
    ConsumerState state = new ConsumerState(mailboxes, consumer);
    state.polled(consumer, records, 0);
    state.polled(consumer, new ConsumerRecords(), 1);

    assertThat(assignment).allMatch(partition -> partition.reads == 1);
  }

  /** Each message of a producer with transactions may be followed by a marker, which is a gap. */
  @Test
  void aPollFullOfGapsDoesNotCopyAllOffsetsForEachOfThem() {
    ManyTopics consumer = new ManyTopics(Set.of());
    ConsumerState state = new ConsumerState(mailboxes, consumer);
    int polls = 6;
    int messages = 500;
    long allocated = 0;
    for (int poll = 0; poll < polls; poll++) {
      long[] offsets = new long[messages];
      for (int i = 0; i < messages; i++) {
        offsets[i] = 2L * (poll * messages + i);
      }
      ConsumerRecords records = new ConsumerRecords().with("orders", 0, 1_000, offsets);
      long before = allocatedBytes();
      state.polled(consumer, records, 0);
      allocated = allocatedBytes() - before;
    }
    assertThat(allocated).isLessThan(400_000);

    state.committed("orders", 0, 2L * polls * messages);
    assertThat(recorded.mailbox().received()).isEqualTo((long) polls * messages);
    assertThat(recorded.mailbox().acked()).isEqualTo((long) polls * messages);
  }

  /** Several polls in a row give records of one fetch, whose partition is the same object. */
  @Test
  void consecutivePollsOfOneOrMorePartitionsCountForTheirOwn() {
    ManyTopics consumer = new ManyTopics(Set.of());
    ConsumerState state = new ConsumerState(mailboxes, consumer);
    Partition orders = new Partition("orders");
    Partition invoices = new Partition("invoices");
    state.polled(consumer, new Poll(Map.of(orders, List.of(record(0)))), 0);
    state.polled(consumer, new Poll(Map.of(orders, List.of(record(1), record(2)))), 0);
    state.polled(consumer, new Poll(Map.of(invoices, List.of(record(0)))), 0);
    state.polled(
        consumer,
        new Poll(Map.of(orders, List.of(record(3)), invoices, List.of(record(1), record(2)))),
        0);
    state.polled(consumer, new Poll(Map.of(orders, List.of(record(4)))), 0);
    state.committed("orders", 0, 5);
    state.committed("invoices", 0, 2);

    assertThat(orders.reads).as("how often its name was read").isEqualTo(3);
    assertThat(mailbox("orders").received()).isEqualTo(5);
    assertThat(mailbox("orders").acked()).isEqualTo(5);
    assertThat(mailbox("invoices").received()).isEqualTo(3);
    assertThat(mailbox("invoices").acked()).isEqualTo(2);
  }

  /** An interceptor may return lists of its own. */
  @Test
  void agesAreTheSameForAListThatIsSlowByIndex() {
    ManyTopics consumer = new ManyTopics(Set.of());
    ConsumerState state = new ConsumerState(mailboxes, consumer);
    long now = System.currentTimeMillis();
    List<ConsumerRecord> records = new LinkedList<>();
    for (int i = 0; i < 6; i++) {
      long sent = now - (i < 3 ? 3_600_000 : 60_000);
      records.add(new ConsumerRecord(i, sent, TimestampType.CREATE_TIME, Optional.empty()));
    }

    state.polled(consumer, new ConsumerRecords().with("orders", 0, records), 0);

    assertThat(recorded.mailbox().received()).isEqualTo(6);
    HistogramSnapshot ages = recorded.mailbox().queueLag();
    assertThat(ages.count()).isEqualTo(6);
    assertThat(ages.sumMillis()).isBetween(3 * 3_660e3, 3 * 3_670e3);
  }

  private MailboxSnapshot mailbox(String queue) {
    return recorded.mailboxes().stream()
        .filter(mailbox -> mailbox.queueName().equals(queue))
        .findFirst()
        .orElseThrow();
  }

  private static ConsumerRecord record(long offset) {
    return new ConsumerRecord(offset, 1_000, TimestampType.CREATE_TIME, Optional.empty());
  }

  /** Records by partition. */
  public record Poll(Map<Partition, List<ConsumerRecord>> all) {
    /** Returns the partitions. */
    public Set<Partition> partitions() {
      return all.keySet();
    }

    /** Returns the records of a partition. */
    public List<ConsumerRecord> records(Partition partition) {
      return all.get(partition);
    }
  }

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
