package io.metricsagent.instrumentations.libraries.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.metricsagent.instrumentations.libraries.kafka.FakeKafka.ConsumerRecords;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a poll costs where there is much of something. */
class ConsumerStateTest {
  private static final int TOPICS = 100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Recorded recorded = new Recorded();
  private final Mailboxes mailboxes = new Mailboxes(recorded.registry());

  /** Counts how often its names are read. */
  public static final class Partition {
    private static int reads;

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
  public record ManyTopics(Set<Object> assignment) {}

  @Test
  void aNewAssignmentIsReadOnceWhateverTheNumberOfTopics() {
    Set<Object> assignment = new HashSet<>();
    ConsumerRecords records = new ConsumerRecords();
    for (int i = 0; i < TOPICS; i++) {
      assignment.add(new Partition("topic" + i));
      records.with("topic" + i, 0, 1_000, 0);
    }
    ManyTopics consumer = new ManyTopics(assignment);
    ConsumerState state = new ConsumerState(mailboxes, consumer);
    state.polled(consumer, records, 0);
    Partition.reads = 0;
    state.polled(consumer, new ConsumerRecords(), 1);

    assertThat(Partition.reads).isEqualTo(TOPICS);
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

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
