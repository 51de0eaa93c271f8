package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Entry;
import io.metricsagent.instrumentations.libraries.sqs.FakeSqs.Message;
import io.metricsagent.instrumentations.testing.Allocations;
import org.junit.jupiter.api.Test;

/** Beside what a request takes, a message takes no memory. */
class SqsAllocationTest {
  private final SqsSession session = new SqsSession();
  private final Message[] messages = new Message[256];
  private final Entry[] entries = new Entry[messages.length];
  private int next;

  @Test
  void ofAMessageThatIsReceivedAndDeleted() {
    for (int i = 0; i < messages.length; i++) {
      messages[i] = SqsSession.message("receipt " + i, 1);
      entries[i] = new Entry("a", "receipt " + i, null);
    }
    SqsQueue queue = session.tracker.queueOf(new FakeSqs.DescribeRequest(SqsSession.URL));
    SqsClient client = session.tracker.client(session.client);
    Allocations.assertAllocatesNothing(
        () -> {
          int i = next++ & (messages.length - 1);
          session.tracker.delivered(queue, client, messages[i], false, 1_000, 31_000);
          session.tracker.deleted(queue, entries[i], 1_000);
        });
  }
}
