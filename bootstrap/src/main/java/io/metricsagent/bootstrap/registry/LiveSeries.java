package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A series that is recorded into and read at the same time.
 *
 * <p><b>Assumptions:</b> many writers, any of which may be suspended at any point; readers are rare
 * and serialised by the registry's snapshot lock.
 *
 * <p><b>Invariants:</b> each recording goes into one of the series' {@link Cells}, which its thread
 * has claimed. Cells are added and never removed; a published array of them never changes. Numbers
 * only grow, except that {@link #read} may clear minimum and maximum. A reset subtracts nothing
 * here, so it cannot lose a value.
 *
 * <p><b>Progress:</b> writers are lock-free: a writer whose cells are claimed by another thread
 * takes those of another stripe, or adds cells. When this first happens, the series is spread over
 * stripes by thread, and its first cells are not recorded into again. With more threads than
 * processors all cells may be claimed by threads that wait for a processor; a writer then yields,
 * at most {@value #YIELDS} times, before it adds cells. So a series has at most {@value
 * #SPREAD_FACTOR} cells for each processor, or, if that is more, twice as many as threads have ever
 * recorded at the same moment.
 *
 * <p>A reader does wait, up to about {@value #READ_PARKS} ms. Cells that are still claimed then are
 * read as they are, perhaps with half a recording; the next reading has the other half, so nothing
 * is lost or counted twice.
 */
abstract class LiveSeries extends SeriesTable.Series {
  private static final int ATTEMPTS = 4;

  /** Enough to outlast a reading, which takes as long as some 20 attempts. */
  private static final int ATTEMPTS_BESIDE_READER = 100;

  private static final int YIELDS = 64;
  private static final int READ_SPINS = 100;
  private static final int READ_YIELDS = 100;
  private static final int READ_PARKS = 200;
  private static final long PARK_NANOS = 1_000_000;

  private static final int SPREAD_FACTOR = 4;

  /**
   * Up to this many stripes are added for a writer that finds its own cells claimed; more are added
   * only if all cells are.
   */
  private static final int MAX_SPREAD = SPREAD_FACTOR * Stripe.MAX;

  private static final VarHandle BASE;
  private static final VarHandle STRIPES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BASE = lookup.findVarHandle(LiveSeries.class, "base", Cells.class);
      STRIPES = lookup.findVarHandle(LiveSeries.class, "stripes", Cells[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * The only cells until two threads record at the same moment; {@code null} before the first
   * recording.
   */
  private volatile Cells base;

  /**
   * The cells by slot, some of them {@code null}; the length is a power of two. {@code null} before
   * the first contention.
   */
  private volatile Cells[] stripes;

  LiveSeries(String first, String second, String third, String fourth) {
    super(first, second, third, fourth);
  }

  /** Makes cells for this kind of series, {@code padded} if threads compete for them. */
  abstract Cells newCells(boolean padded);

  /** Makes a snapshot of cells that were read, and of what is not in cells, such as gauges. */
  abstract SeriesSnapshot snapshot(Reading reading);

  /** Returns cells to record into, which the caller {@linkplain Cells#release releases}. */
  final Cells claim() {
    Cells[] spread = stripes;
    Cells cells = spread == null ? base : spread[Stripe.slot(spread.length)];
    return cells != null && cells.tryClaim() ? cells : claimOther(spread, cells);
  }

  /** Records a time in nanoseconds into one histogram, as a recording of its own. */
  final void record(int number, long nanos) {
    Cells cells = claim();
    try {
      cells.record(number, nanos);
    } finally {
      cells.release();
    }
  }

  /**
   * Claims cells if those that {@link #claim} tried were not free.
   *
   * @param spread the stripes that {@link #claim} saw
   * @param cells the cells that {@link #claim} tried, or {@code null}
   */
  private Cells claimOther(Cells[] spread, Cells cells) {
    if (spread == null) {
      Cells first = cells == null ? firstCells() : cells;
      if (tryClaimRepeatedly(first)) {
        return first;
      }
      STRIPES.compareAndSet(this, null, new Cells[2]);
    } else if (cells != null && !cells.isRead() && spread.length < MAX_SPREAD) {
      grow(spread);
    }
    return claimAny();
  }

  private Cells firstCells() {
    Cells created = newCells(false);
    Cells winner = (Cells) BASE.compareAndExchange(this, null, created);
    return winner == null ? created : winner;
  }

  private static boolean tryClaimRepeatedly(Cells cells) {
    for (int i = 0; i < (cells.isRead() ? ATTEMPTS_BESIDE_READER : ATTEMPTS); i++) {
      if (cells.tryClaim()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint: the result does not depend on it
  private Cells claimAny() {
    for (int attempt = 1; ; attempt++) {
      Cells[] spread = stripes;
      int slot = Stripe.slot(spread.length);
      for (int i = 0; i < spread.length; i++) {
        int number = slot ^ i;
        Cells cells = spread[number];
        if (cells == null) {
          Cells added = newCells(true);
          if (added.tryClaim() && add(spread, number, added)) {
            return added;
          }
          break; // another thread has replaced the stripes
        }
        if (cells.tryClaim()) {
          return cells;
        }
      }
      if (attempt % YIELDS == 0) {
        grow(spread);
      } else {
        Thread.yield();
      }
    }
  }

  private boolean add(Cells[] spread, int number, Cells cells) {
    Cells[] more = spread.clone();
    more[number] = cells;
    return STRIPES.compareAndSet(this, spread, more);
  }

  private void grow(Cells[] spread) {
    STRIPES.compareAndSet(this, spread, Arrays.copyOf(spread, 2 * spread.length));
  }

  /**
   * Returns all that was recorded since the start of the JVM; the caller holds the snapshot lock.
   *
   * @param clear whether to clear minimum, maximum and gauges, so that they describe only what
   *     comes after
   */
  final SeriesSnapshot read(boolean clear) {
    Reading reading = new Reading(clear);
    Cells[] spread = stripes;
    add(base, clear, reading);
    if (spread != null) {
      for (Cells cells : spread) {
        add(cells, clear, reading);
      }
    }
    return snapshot(reading);
  }

  private static void add(Cells cells, boolean clear, Reading reading) {
    if (cells == null) {
      return;
    }
    boolean claimed = awaitClaimToRead(cells);
    try {
      reading.add(cells.copy());
      if (clear && claimed) {
        cells.clearExtremes();
      }
    } finally {
      if (claimed) {
        cells.release();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private static boolean awaitClaimToRead(Cells cells) {
    for (int i = 0; i < READ_SPINS + READ_YIELDS + READ_PARKS; i++) {
      if (cells.tryClaimToRead()) {
        return true;
      }
      if (i < READ_SPINS) {
        Thread.onSpinWait();
      } else if (i < READ_SPINS + READ_YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(PARK_NANOS);
      }
    }
    return false;
  }
}
