package io.metricsagent.instrumentations.user;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * The depths that one snapshot asks for. Each thread that runs it reads one after the other, until
 * none is left or the snapshot waits no longer. Thread-safe.
 */
final class DepthRound implements Runnable {
  private final List<DepthReading> readings;
  private final Semaphore threads;
  private final CountDownLatch unread;
  private int next;
  private boolean late;
  private boolean over;

  /**
   * Makes a round in which nothing is read yet.
   *
   * @param threads of which each thread has a permit, and releases it when it finds nothing to read
   */
  DepthRound(List<DepthReading> readings, Semaphore threads) {
    this.readings = readings;
    this.threads = threads;
    unread = new CountDownLatch(readings.size());
  }

  /** Returns what counts the readings that have not ended. */
  CountDownLatch unread() {
    return unread;
  }

  /** Notes that a reading that begins from now on does not have the whole time. */
  synchronized void isLate() {
    late = true;
  }

  /** Ends the round: nothing else is read, and a reading under way counts for nothing. */
  synchronized List<DepthReading> end() {
    over = true;
    return readings;
  }

  @Override
  public void run() {
    DepthReading reading = next();
    while (reading != null) {
      DepthReading last = reading;
      Thread.interrupted(); // which the method before may have left
      end(last, last.read());
      reading = next(); // before the count, so that the next snapshot finds the permit
      unread.countDown();
    }
  }

  private synchronized DepthReading next() {
    if (over || next == readings.size()) {
      threads.release();
      return null;
    }
    DepthReading reading = readings.get(next++);
    reading.begin(!late);
    return reading;
  }

  private synchronized void end(DepthReading reading, long depth) {
    reading.returned();
    if (!over) {
      reading.ended(depth);
    }
  }
}
