package io.metricsagent.instrumentations.libraries.pekko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.management.ManagementFactory;
import org.apache.pekko.actor.typed.internal.adapter.ActorAdapter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message of an actor takes no memory, whatever the actor is known by. */
class ActorAllocationTest {
  private static final int MESSAGES = 20_000;

  /** The JVM itself allocates something, once, when it compiles the methods. */
  private static final int ROUNDS = 5;

  /** A byte in five messages. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A clock that stands still: a series takes memory for an age of a new order of magnitude. */
  private final ActorTracker tracker = new ActorTracker(new Recorded().registry(), () -> 77);

  private final SiteHandler put = new PutHandler(tracker, PutHandler.Place.MAILBOX);
  private final SiteHandler receive = new ReceiveHandler(tracker);
  private final Object envelope = new Object();

  @ParameterizedTest
  @ValueSource(classes = {ActorAllocationTest.class, ActorAdapter.class})
  void ofAMessageThatIsPutInAndHandled(Class<?> actorClass) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    FakeCell cell = new FakeCell(actorClass, "/user/orders");
    FakeMailbox mailbox = new FakeMailbox(cell);
    Runnable message =
        () -> {
          put.exit(put.enter(mailbox, cell, envelope, null), null, null);
          receive.exit(receive.enter(cell, envelope, null, null), null, null);
        };
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, allocatedBytes(message));
    }
    assertThat(least).isLessThan(TOLERATED_BYTES);
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
