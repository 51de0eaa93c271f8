package io.metricsagent.agent.flush;

import java.util.concurrent.TimeUnit;

/**
 * The occasions of a running JVM: the end of an interval, and requests of other threads.
 * Thread-safe.
 */
final class Wishes implements Occasions {
  private boolean now;
  private boolean end;

  /** Requests a flush. */
  synchronized void now() {
    now = true;
    notifyAll();
  }

  /** Requests the last export. */
  synchronized void end() {
    end = true;
    notifyAll();
  }

  @Override
  public synchronized Occasion next(long untilNanos) {
    while (true) {
      if (now) { // before the end, so that a snapshot is on the disk while the last export waits
        // for receivers
        now = false;
        return Occasion.NOW;
      }
      if (end) {
        return Occasion.END;
      }
      long left = untilNanos - System.nanoTime();
      if (left <= 0) {
        return Occasion.INTERVAL;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        // Some applications interrupt all threads. The exception has cleared the flag.
      }
    }
  }
}
