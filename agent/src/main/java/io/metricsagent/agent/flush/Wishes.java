package io.metricsagent.agent.flush;

import java.util.concurrent.TimeUnit;

/** The occasions of a running JVM: time, and what other threads wish. Thread-safe. */
final class Wishes implements Occasions {
  private boolean now;
  private boolean end;

  /** Wishes for a flush. */
  synchronized void now() {
    now = true;
    notifyAll();
  }

  /** Wishes for the last export. */
  synchronized void end() {
    end = true;
    notifyAll();
  }

  @Override
  public synchronized Occasion next(long untilNanos) {
    while (true) {
      if (now) { // before the end: it is on the disk while receivers are waited for
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
        // The application interrupts threads that it does not know; the flag is cleared by this.
      }
    }
  }
}
