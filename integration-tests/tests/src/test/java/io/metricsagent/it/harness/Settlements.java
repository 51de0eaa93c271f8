package io.metricsagent.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Mailbox;
import java.util.ArrayList;
import java.util.List;

/** Asserts the exact counts of a mailbox. Stateless. */
public final class Settlements {
  /** The last count is of messages that were delivered that often or more often. */
  private static final int COUNTS = 10;

  private Settlements() {}

  /** Asserts how many messages were received, and how they were settled. */
  public static void assertSettled(
      Mailbox mailbox, long received, long acked, long nacked, long deadLettered) {
    assertThat(mailbox.count("messages_received")).as("received").isEqualTo(received);
    assertThat(mailbox.count("messages_acked")).as("acked").isEqualTo(acked);
    assertThat(mailbox.count("messages_nacked")).as("nacked").isEqualTo(nacked);
    assertThat(mailbox.count("messages_dead_lettered")).as("dead").isEqualTo(deadLettered);
  }

  /** Asserts how many messages were delivered the first time, the second time and so on. */
  public static void assertDeliveries(Mailbox mailbox, long... counts) {
    List<Long> expected = new ArrayList<>();
    long retries = 0;
    for (int i = 0; i < COUNTS; i++) {
      long count = i < counts.length ? counts[i] : 0;
      expected.add(count);
      retries += i * count;
    }
    assertThat(mailbox.deliveries()).isEqualTo(expected);
    assertThat(mailbox.count("total_retries")).as("retries").isEqualTo(retries);
  }
}
