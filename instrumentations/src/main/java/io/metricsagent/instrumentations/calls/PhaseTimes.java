package io.metricsagent.instrumentations.calls;

/**
 * The times of the phases of one request, as methods of the application show them. Times are of
 * {@link System#nanoTime}. Phases of one kind add up; one within another of its kind counts once.
 *
 * <p>Not thread-safe: used by one thread at a time.
 */
public final class PhaseTimes {
  /** The numbers of the phases. */
  public static final int RENDER = 0;

  public static final int CALL = 1;
  public static final int PARSE = 2;
  public static final int TOOLS = 3;

  /** A phase that did not run. */
  public static final long UNKNOWN = -1;

  private static final int PHASES = 4;

  /** One bit for each phase that has methods. */
  private int shown;

  private final long[] nanos = new long[PHASES];
  private final long[] starts = new long[PHASES];
  private final int[] depths = new int[PHASES];

  PhaseTimes() {}

  void begin(int newShown) {
    shown = newShown;
    for (int i = 0; i < PHASES; i++) {
      nanos[i] = UNKNOWN;
      depths[i] = 0;
    }
  }

  /** Returns the same times, for another frame of the request. No method of a phase is running. */
  PhaseTimes copy() {
    PhaseTimes copy = new PhaseTimes();
    copy.shown = shown;
    System.arraycopy(nanos, 0, copy.nanos, 0, PHASES);
    return copy;
  }

  /** Goes on with times of another frame of the request. */
  void goOn(PhaseTimes before) {
    begin(before.shown);
    System.arraycopy(before.nanos, 0, nanos, 0, PHASES);
  }

  /** Returns whether a phase has methods, whether they ran or not. */
  public boolean areShown(int phase) {
    return (shown & 1 << phase) != 0;
  }

  /** Returns how long a phase took; {@link #UNKNOWN} if it did not run. */
  public long nanos(int phase) {
    return nanos[phase];
  }

  /** Returns the sum of all phases that ran. */
  public long sum() {
    long sum = 0;
    for (long each : nanos) {
      sum += Math.max(0, each);
    }
    return sum;
  }

  /** A method of a phase begins. */
  public void began(int phase, long now) {
    if (depths[phase]++ == 0) {
      starts[phase] = now;
    }
  }

  /**
   * A method of a phase has ended.
   *
   * @return when the phase began; 0 if it has not ended, because the method was called within
   *     another one of the phase
   */
  public long ended(int phase, long now) {
    if (depths[phase] == 0 || --depths[phase] > 0) {
      return 0;
    }
    add(phase, now - starts[phase]);
    return starts[phase];
  }

  /** A method of a phase has ended that did nothing of the phase yet. */
  public void left(int phase) {
    depths[phase] = Math.max(0, depths[phase] - 1);
  }

  /** A phase has taken more time. */
  public void add(int phase, long more) {
    nanos[phase] = Math.max(0, nanos[phase]) + Math.max(0, more);
  }

  /** Leaves out time that has just passed. */
  void leaveOut(long leftOutNanos) {
    for (int i = 0; i < PHASES; i++) {
      starts[i] += leftOutNanos;
    }
  }
}
