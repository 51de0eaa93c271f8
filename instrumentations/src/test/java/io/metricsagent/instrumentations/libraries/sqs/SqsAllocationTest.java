package io.metricsagent.instrumentations.libraries.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Message;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Beside what a request takes, a message takes no memory. */
class SqsAllocationTest {
  private static final int MESSAGES = 100_000;

  /** What the measurement itself may take; one object a message would be 1.6 MB. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SqsSession session = new SqsSession();
  private final Message[] messages = new Message[256];
  private final Entry[] entries = new Entry[messages.length];
  private int next;

  @Test
  void ofAMessageThatIsReceivedAndDeleted() {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    for (int i = 0; i < messages.length; i++) {
      messages[i] = SqsSession.message("receipt " + i, 1);
      entries[i] = new Entry("a", "receipt " + i, null);
    }
    SqsQueue queue = session.tracker.queueOf(new FakeSqs.DescribeRequest(SqsSession.URL));
    SqsClient client = session.tracker.client(session.client);
    Runnable message =
        () -> {
          int i = next++ & (messages.length - 1);
          session.tracker.delivered(queue, client, messages[i], false, 1_000, 31_000);
          session.tracker.deleted(queue, entries[i], 1_000);
        };
    allocatedBytes(message);
    allocatedBytes(message);
    assertThat(allocatedBytes(message)).isLessThan(TOLERATED_BYTES);
  }

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes(Runnable message) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < MESSAGES; i++) {
      message.run();
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
