package io.metricsagent.instrumentations.events;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.bootstrap.Faults;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that takes events from the queue and hands them to the consumers. It starts with
 * the first event.
 *
 * <p>While the queue is empty, the thread sleeps for up to half a second; a producer wakes it when
 * a quarter of the queue has been filled since, and when a run ends. So most events wake nobody,
 * and yet a burst does not fill the queue while the thread sleeps.
 */
final class EventWriter implements Runnable {
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MIN_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long MAX_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_SECONDS = 2;

  private final EventRing ring;
  private final Consumers consumers;
  private final int wakeMask;
  private final AtomicBoolean mayStart = new AtomicBoolean();
  private final AtomicBoolean finished = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Thread thread;
  private volatile boolean sleeping;
  private volatile boolean closing;

  // Used by the thread only.
  private long nextTickNanos;
  private long stuckHead = -1;
  private long stuckSinceNanos;

  EventWriter(EventRing ring, Run process, List<EventConsumer> consumers) {
    this.ring = ring;
    this.consumers = new Consumers(process, consumers);
    wakeMask = ring.capacity() / 4 - 1;
  }

  EventConsumer.Interest highest() {
    return consumers.highest();
  }

  void mayStart() {
    mayStart.set(true);
  }

  /** An event was published at a position of the queue. */
  void published(long position) {
    if ((position & wakeMask) == 0) {
      wake();
    }
  }

  /** Wakes the thread if it sleeps, and starts it if there is none yet. */
  void wake() {
    Thread writer = thread;
    if (writer == null) {
      if (mayStart.compareAndSet(true, false)) {
        start();
      }
    } else if (sleeping) {
      LockSupport.unpark(writer);
    }
  }

  private void start() {
    try {
      Thread writer =
          new AgentThreads("metrics-agent-events", EventWriter.class.getClassLoader())
              .newThread(this);
      thread = writer;
      writer.start();
    } catch (Throwable fault) { // the process may be short of threads; the next wake tries again
      thread = null;
      mayStart.set(true);
      Faults.absorbed("the thread of the events could not be started", fault);
    }
  }

  void processWorked() {
    consumers.processWorked();
  }

  @Override
  public void run() {
    long sleepNanos = MIN_SLEEP_NANOS;
    while (!closing) {
      try {
        boolean any = deliver();
        sleepNanos = any ? MIN_SLEEP_NANOS : Math.min(2 * sleepNanos, MAX_SLEEP_NANOS);
        tickIfDue();
      } catch (Throwable fault) { // such as a full heap; what failed is not lost for the others
        Faults.absorbed("events could not be handed over", fault);
      }
      sleep(sleepNanos);
    }
    finish();
  }

  private void sleep(long nanos) {
    sleeping = true;
    if (!closing && ring.next() == null) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeping = false;
  }

  private void tickIfDue() {
    long now = System.nanoTime();
    if (nextTickNanos == 0 || now - nextTickNanos >= 0) {
      nextTickNanos = now + TICK_NANOS;
      consumers.tick(System.currentTimeMillis(), ring.next() == null);
    }
  }

  /** Hands over all events that are whole; returns whether there were any. */
  boolean deliver() {
    boolean any = false;
    for (int i = 0; i < ring.capacity(); i++) { // a tick must come, however fast events come
      CallEvent event = ring.next();
      if (event == null) {
        if (!giveUpIfStuck()) {
          break;
        }
        continue;
      }
      any = true;
      try {
        consumers.accept(event);
      } finally {
        ring.done();
      }
    }
    return any;
  }

  /** Gives up a position whose producer has not come back for a second. */
  private boolean giveUpIfStuck() {
    if (!ring.isStuck()) {
      stuckHead = -1;
      return false;
    }
    long now = System.nanoTime();
    if (stuckHead != ring.head()) {
      stuckHead = ring.head();
      stuckSinceNanos = now;
      return false;
    }
    if (now - stuckSinceNanos < PATIENCE_NANOS && !closing) {
      return false;
    }
    ring.giveUp();
    return true;
  }

  private void finish() {
    if (!finished.compareAndSet(false, true)) {
      return;
    }
    try {
      handOverTheRest();
      consumers.close(System.nanoTime());
      long dropped = ring.dropped();
      if (dropped > 0) {
        AgentLog.warn(
            "the agent dropped "
                + Counts.of(dropped, "event")
                + " of calls, because calls came faster than events were kept");
      }
    } finally {
      closed.countDown();
    }
  }

  private void handOverTheRest() {
    try {
      while (deliver()) {
        // until the queue is empty
      }
    } catch (Throwable fault) { // the consumers still get the ends of the runs
      Faults.absorbed("the last events could not be handed over", fault);
    }
  }

  /** Fills an event with the end of a run. */
  static void fill(CallEvent event, Run run, Run.Ending ending) {
    event
        .took(Math.max(0, ending.nanos() - run.startNanos()))
        .firstPieceAfter(run.firstIterationNanos())
        .ended(ending.errorType(), ending.thrown())
        .with(ending.content());
  }

  /** Waits until the consumers are closed, and then for what they send. */
  void await(long deadlineNanos) {
    try {
      long left = Math.max(0, deadlineNanos - System.nanoTime());
      if (closed.await(left, TimeUnit.NANOSECONDS)) {
        consumers.await(deadlineNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    if (closing) {
      return;
    }
    closing = true;
    mayStart.set(false);
    Thread writer = thread;
    if (writer == null) {
      finish(); // no event was published, or the thread could not be started
      return;
    }
    LockSupport.unpark(writer);
    try {
      if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        AgentLog.warn("the last events were not kept in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
