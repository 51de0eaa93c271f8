package io.metricsagent.exporters.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which files of an archive have to go: those that are too old, and of each worker those
 * that are too many.
 *
 * <p><b>Too old.</b> A clock that is set far ahead looks like a long pause, after which everything
 * is old. So what was written before a pause longer than the maximum age goes only once the files
 * after it span that age themselves.
 *
 * <p><b>Too many.</b> A snapshot holds everything since the start of its process, so one in between
 * can be spared: the newer half of a worker's snapshots stays, and the older half is thinned out
 * evenly. A thousand files of a flush a minute reach back for a week that way: the last eight hours
 * minute by minute, before that one in 20 minutes. Logs hold what each flush adds; the oldest go.
 *
 * <p>The last snapshot of a worker stays whatever its age, as it holds all that the worker did, but
 * for those beyond the {@value #MAX_LAST} newest such. Ages are distances to the clock in either
 * direction: after it was set back, files "from the future" go before those just written.
 *
 * @param maxFiles of a worker; at least 1
 * @param maxAge positive
 */
record Expiry(int maxFiles, Duration maxAge) {
  /** Workers that ended longer ago than the maximum age, whose last snapshot stays. */
  static final int MAX_LAST = 1000;

  /**
   * A file.
   *
   * @param worker whose it is
   * @param begin of the time it covers: that of a snapshot is a moment
   * @param end of that time; its age counts from here
   */
  record Item(Path file, String worker, Instant begin, Instant end) {
    /** Returns the distance to the clock in milliseconds. */
    private long distance(Instant now) {
      return Math.abs(Duration.between(end, now).toMillis());
    }
  }

  /**
   * Returns the snapshots that go.
   *
   * @param current the file just written, which stays whatever its time, or {@code null}
   */
  Set<Path> snapshots(List<Item> all, Instant now, Path current) {
    return surplus(all, now, current, true);
  }

  /**
   * Returns the interval logs that go.
   *
   * @param current the log of this process, which stays whatever its time, or {@code null}
   */
  Set<Path> logs(List<Item> all, Instant now, Path current) {
    return surplus(all, now, current, false);
  }

  private Set<Path> surplus(List<Item> all, Instant now, Path current, boolean cumulative) {
    Comparator<Item> newestFirst =
        Comparator.comparing((Item item) -> !item.file().equals(current))
            .thenComparing(item -> item.distance(now))
            .thenComparing(Item::file);
    Map<String, List<Item>> workers = new LinkedHashMap<>();
    all.stream()
        .sorted(newestFirst)
        .forEach(item -> workers.computeIfAbsent(item.worker(), w -> new ArrayList<>()).add(item));
    Set<Path> gone = new HashSet<>();
    boolean aged = spansMaxAge(all, now);
    int lasts = 0;
    for (List<Item> items : workers.values()) {
      if (aged) {
        boolean lastStays = cumulative && (!isOld(items.get(0), now) || lasts++ < MAX_LAST);
        for (Item item : List.copyOf(items.subList(lastStays ? 1 : 0, items.size()))) {
          if (isOld(item, now)) {
            gone.add(item.file());
            items.remove(item);
          }
        }
      }
      while (items.size() > maxFiles) {
        gone.add(items.remove(cumulative ? dispensable(items, now) : items.size() - 1).file());
      }
    }
    gone.remove(current);
    return gone;
  }

  private boolean isOld(Item item, Instant now) {
    return Duration.between(item.end(), now).compareTo(maxAge) > 0;
  }

  /**
   * Returns whether files cover the maximum age up to now, without a pause as long as that between
   * them.
   */
  private boolean spansMaxAge(List<Item> all, Instant now) {
    List<Item> newestFirst = new ArrayList<>(all);
    newestFirst.removeIf(item -> item.end().isAfter(now));
    newestFirst.sort(Comparator.comparing(Item::end).reversed());
    Instant since = now;
    for (Item item : newestFirst) {
      if (Duration.between(item.end(), since).compareTo(maxAge) > 0) {
        break;
      }
      since = item.begin().isBefore(since) ? item.begin() : since;
    }
    return Duration.between(since, now).compareTo(maxAge) >= 0;
  }

  /**
   * Returns the snapshot whose neighbours are closest to each other, of several the oldest. The
   * newer half stays; the oldest file of all goes first once it is too old, and else last.
   */
  private int dispensable(List<Item> newestFirst, Instant now) {
    int oldest = newestFirst.size() - 1;
    if (isOld(newestFirst.get(oldest), now)) {
      return oldest;
    }
    int found = oldest;
    long smallest = Long.MAX_VALUE;
    for (int i = oldest - 1; i >= (maxFiles + 1) / 2; i--) {
      long gap = newestFirst.get(i + 1).distance(now) - newestFirst.get(i - 1).distance(now);
      if (gap < smallest) {
        smallest = gap;
        found = i;
      }
    }
    return found;
  }
}
