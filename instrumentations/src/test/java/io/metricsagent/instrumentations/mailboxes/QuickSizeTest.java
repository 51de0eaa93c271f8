package io.metricsagent.instrumentations.mailboxes;

import static io.metricsagent.bootstrap.registry.MailboxMetrics.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Only queues are asked for their size that know it at once. */
class QuickSizeTest {
  @Test
  void queuesWithACounterAreRead() {
    for (Queue<String> queue :
        List.<Queue<String>>of(
            new ArrayBlockingQueue<>(9),
            new LinkedBlockingQueue<>(),
            new LinkedBlockingDeque<>(),
            new PriorityBlockingQueue<>())) {
      queue.add("one");
      queue.add("two");
      assertThat(QuickSize.of(queue)).as(queue.getClass().getName()).isEqualTo(2);
    }
    assertThat(QuickSize.of(new SynchronousQueue<>())).isZero();
  }

  @Test
  void theQueueOfAScheduledPoolIsRead() {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(0);
    pool.schedule(() -> {}, 1, TimeUnit.DAYS);
    assertThat(QuickSize.of(pool.getQueue())).isEqualTo(1);
    pool.shutdownNow();
  }

  @Test
  void othersAreLeftAlone() {
    assertThat(QuickSize.of(new ConcurrentLinkedQueue<>())).isEqualTo(UNKNOWN);
    assertThat(QuickSize.of(new LinkedTransferQueue<>())).isEqualTo(UNKNOWN);
    assertThat(QuickSize.of(new DelayQueue<>())).isEqualTo(UNKNOWN);
    assertThat(QuickSize.of(null)).isEqualTo(UNKNOWN);
  }

  /** A subclass may count in its own way, or throw. */
  @Test
  void aSubclassIsLeftAlone() {
    Queue<String> own =
        new LinkedBlockingQueue<>() {
          @Override
          public int size() {
            throw new AssertionError("nobody may ask");
          }
        };
    assertThat(QuickSize.of(own)).isEqualTo(UNKNOWN);
  }
}
