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
 * Decides which files of an archive are deleted: files that are too old, and the surplus files of
 * each worker.
 *
 * <p><b>Too old.</b> A clock that is set far ahead looks like a long pause, after which all files
 * are old. So files from before a pause that is longer than the maximum age are deleted only once
 * the files after the pause span that age themselves.
 *
 * <p><b>Too many.</b> A snapshot has everything since the start of its process, so those between
 * others can be deleted: the newer half of a worker's snapshots stays, and the older half is
 * thinned out evenly. With a flush a minute, a thousand files thus cover a week: the last eight
 * hours minute by minute, the time before in steps of 20 minutes. Logs have only what each flush
 * added, so the oldest logs are deleted.
 *
 * <p>The last snapshot of a worker stays at any age, since it has everything that the worker did,
 * unless there are {@value #MAX_LAST} newer ones of this kind. Age is the distance to the clock in
 * either direction, so after the clock was set back, files "from the future" are deleted before
 * those just written.
 *
 * @param maxFiles the number of files a worker may have; at least 1
 * @param maxAge the maximum age of a file; positive
 */
record Expiry(int maxFiles, Duration maxAge) {
  /** How many workers that ended longer ago than the maximum age still have their last snapshot. */
  static final int MAX_LAST = 1000;

  /**
   * A file.
   *
   * @param worker the worker that wrote the file
   * @param begin the beginning of the time that the file covers; for a snapshot it equals {@code
   *     end}
   * @param end the end of that time, from which the file's age is counted
   */
  record Item(Path file, String worker, Instant begin, Instant end) {
    /** Returns the distance to the clock in milliseconds. */
    private long distance(Instant now) {
      return Math.abs(Duration.between(end, now).toMillis());
    }
  }

  /**
   * Returns the snapshots to delete.
   *
   * @param current the file just written, which stays whatever its time, or {@code null}
   */
  Set<Path> snapshots(List<Item> all, Instant now, Path current) {
    return surplus(all, now, current, true);
  }

  /**
   * Returns the interval logs to delete.
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
   * Returns whether files cover the maximum age up to now, with no pause of that length between
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
   * Returns the snapshot in the older half whose neighbours are closest to each other; if there are
   * several, the oldest. The oldest file of all is the first to be deleted once it is too old, else
   * the last.
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
