package io.metricsagent.instrumentations.libraries.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the handlers of thread pools record. The pools have no threads here. */
class ThreadPoolsTest {
  private static final Thread ORDERS = new Thread(() -> {}, "orders-1");

  private final Recorded recorded = new Recorded();
  private long nanos = 1;
  private final PoolTracker tracker = new PoolTracker(recorded.registry(), () -> nanos);
  private final SiteHandler execute = new ExecuteHandler(tracker);
  private final SiteHandler newThread = new NewThreadHandler(tracker);
  private final SiteHandler take = new TakeHandler(tracker);
  private final SiteHandler reject = new RejectHandler(tracker);
  private final ThreadPoolExecutor pool = pool(new LinkedBlockingQueue<>());
  private final Runnable task = () -> nanos++;

  private static ThreadPoolExecutor pool(BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, queue);
  }

  private ThreadPoolExecutor followed(ThreadPoolExecutor followed) {
    tracker.works(followed, ORDERS);
    return followed;
  }

  private void execute(ThreadPoolExecutor in, Runnable what) {
    assertThat(execute.enter(in, what, null, null)).isNull();
  }

  private void take(ThreadPoolExecutor from, Runnable what) {
    take.exit(take.enter(from, null, null, null), what, null);
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  @Test
  void aTaskThatWaitedIsReceivedAndAcknowledgedWithItsTime() {
    followed(pool);
    execute(pool, task);
    nanos += 5_000_000;
    take(pool, task);

    assertThat(mailbox().queueName()).isEqualTo("orders");
    assertThat(mailbox().system()).isEqualTo("executor");
    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().acked()).isEqualTo(1);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
    assertThat(mailbox().queueLag().sumNanos()).isEqualTo(5_000_000);
    assertThat(mailbox().rejected()).isZero();
  }

  @Test
  void oneTaskIsFollowedAtATimeAndAllAreCounted() {
    followed(pool);
    Runnable other = () -> nanos--;
    execute(pool, task);
    nanos += 20_000_000;
    execute(pool, other);
    take(pool, other);
    take(pool, task);

    assertThat(mailbox().received()).isEqualTo(2);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
    assertThat(mailbox().queueLag().sumNanos()).isEqualTo(20_000_000);
  }

  @Test
  void aTaskSoonAfterTheLastOneIsNotFollowed() {
    followed(pool);
    for (int i = 0; i < 10; i++) {
      execute(pool, task);
      nanos += 1_000_000;
      take(pool, task);
    }
    assertThat(mailbox().received()).isEqualTo(10);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
  }

  @Test
  void aTaskThatANewThreadBeginsWithDidNotWait() {
    followed(pool);
    execute(pool, task);
    newThread.enter(pool, task, null, null);
    take(pool, task);
    assertThat(mailbox().queueLag().count()).isZero();
  }

  @Test
  void aRefusedTaskIsCountedAndDidNotWait() {
    followed(pool);
    execute(pool, task);
    reject.enter(pool, task, null, null);
    nanos += 20_000_000;
    Runnable next = () -> nanos--;
    execute(pool, next);
    take(pool, next);

    assertThat(mailbox().rejected()).isEqualTo(1);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
    assertThat(mailbox().queueLag().sumNanos()).isZero();
    assertThat(mailbox().deadLettered()).isZero();
  }

  @Test
  void aPoolThatNeverHadAThreadHasNoName() {
    reject.enter(pool, task, null, null);
    assertThat(mailbox().queueName()).isEqualTo("unknown");
    assertThat(mailbox().rejected()).isEqualTo(1);
  }

  @Test
  void theDepthIsThatOfTheQueue() {
    followed(pool);
    pool.getQueue().add(task);
    pool.getQueue().add(task);
    assertThat(mailbox().depth()).isEqualTo(2);
  }

  @Test
  void aQueueThatHoldsNothingIsEmpty() {
    Reference.reachabilityFence(followed(pool(new SynchronousQueue<>())));
    assertThat(mailbox().depth()).isZero();
  }

  @Test
  void aQueueThatCountsItsElementsOrThrowsIsLeftAlone() {
    ThreadPoolExecutor linked = followed(pool(new LinkedTransferQueue<>()));
    ThreadPoolExecutor throwing =
        followed(
            pool(
                new LinkedBlockingQueue<>() {
                  @Override
                  public int size() {
                    throw new IllegalStateException("no size");
                  }
                }));
    linked.getQueue().add(task);
    assertThat(mailbox().depth()).isNull();
    Reference.reachabilityFence(throwing);
  }

  @Test
  void aPoolThatThrowsLosesItsOwnDepthOnly() {
    ThreadPoolExecutor throwing =
        followed(
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
              @Override
              public BlockingQueue<Runnable> getQueue() {
                throw new IllegalStateException("no queue");
              }
            });
    followed(pool);
    pool.getQueue().add(task);
    assertThat(mailbox().depth()).isEqualTo(1);
    Reference.reachabilityFence(throwing);
  }

  @Test
  void aScheduledTaskWaitsBecauseItIsMeantTo() {
    ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(0);
    followed(scheduled);
    scheduled.schedule(task, 1, TimeUnit.DAYS);
    execute(scheduled, task);
    take(scheduled, task);

    assertThat(mailbox().depth()).isEqualTo(1);
    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().queueLag().count()).isZero();
    scheduled.shutdownNow();
  }

  @Test
  void poolsOfTheAgentAreLeftAlone() {
    Thread own = new AgentThreads("metrics-agent-test", null).newThread(() -> {});
    tracker.works(pool, own);
    execute(pool, task);
    take.enter(pool, null, null, null);
    assertThat(recorded.mailboxes()).isEmpty();
    assertThat(tracker.size()).isZero();
  }

  @Test
  void aFollowedTaskIsNotKeptAliveAndAnotherOneIsFollowedThen() {
    followed(pool);
    WeakReference<Runnable> removed = executeAndDrop();
    assertThat(Garbage.collectUntil(() -> removed.refersTo(null))).isTrue();
    recorded.mailbox(); // the snapshot finds it gone
    nanos += 20_000_000;
    execute(pool, task);
    take(pool, task);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
  }

  private WeakReference<Runnable> executeAndDrop() {
    Object[] content = {new Object()};
    Runnable dropped = () -> content[0] = null;
    execute(pool, dropped);
    return new WeakReference<>(dropped);
  }

  @Test
  void thousandsOfPoolsAreCollected() {
    for (int i = 0; i < 10_000; i++) {
      usePool(i);
      if (i % 500 == 499) {
        assertThat(Garbage.collectUntil(() -> tracker.size() == 0)).isTrue();
      }
    }
    assertThat(recorded.mailboxes()).hasSize(101);
    assertThat(recorded.mailboxes()).allSatisfy(each -> assertThat(each.depth()).isNull());
    assertThat(recorded.mailboxes().stream().mapToLong(MailboxSnapshot::received).sum())
        .isEqualTo(10_000);
  }

  @Test
  void poolsBeyondTheBoundHaveNoSeries() {
    ThreadPoolExecutor[] many = new ThreadPoolExecutor[15_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = followed(pool(new SynchronousQueue<>()));
    }
    tracker.works(pool, new Thread(() -> {}, "late-1"));

    assertThat(tracker.size()).isEqualTo(1024);
    assertThat(mailbox().queueName()).isEqualTo("orders");
    Reference.reachabilityFence(many);
  }

  private void usePool(int number) {
    ThreadPoolExecutor used = pool(new LinkedBlockingQueue<>());
    tracker.works(used, new Thread(() -> {}, "pool-" + number + "-thread-1"));
    execute(used, task);
    take(used, task);
  }

  @Test
  void hundredsOfPoolsShareTheirNamesBeyondAHundred() {
    ThreadPoolExecutor[] all = new ThreadPoolExecutor[300];
    for (int i = 0; i < all.length; i++) {
      all[i] = pool(new LinkedBlockingQueue<>());
      tracker.works(all[i], new Thread(() -> {}, "pool-" + i + "-thread-1"));
      all[i].getQueue().add(task);
    }
    assertThat(recorded.mailboxes()).hasSize(101);
    assertThat(recorded.mailboxes().stream().mapToLong(MailboxSnapshot::depth).sum())
        .isEqualTo(300);
    Reference.reachabilityFence(all);
  }
}
