package io.metricsagent.agent.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of runs: those of a window, and those of each week. As soon as they take more memory than
 * a limit, they go on to temporary files. Not thread-safe.
 */
final class RunIds {
  /** The run has a successful event. */
  static final int SUCCEEDED = 1;

  /** The run has an event that ends it. */
  static final int ENDED = 2;

  /** The run has a successful event that ends it. */
  static final int ENDED_WELL = 4;

  /** What a set takes besides its table, in bytes. */
  private static final int OVERHEAD = 200;

  /**
   * Once ids have gone on to temporary files, the others follow in parts of that size, because
   * large sets save nothing any more. In bytes.
   */
  private static final long MAX_PART = 4 << 20;

  /** Events of so many weeks in any order are found without a search. A power of two. */
  private static final int RECENT = 16;

  private final SpilledIds spilled;
  private long limit;
  private final TreeMap<Long, IdSet> weeks = new TreeMap<>();
  private IdSet window = new IdSet();
  private long bytes;

  /** The sets of the weeks that were asked for last, each in the slot of its number. */
  private final IdSet[] recent = new IdSet[RECENT];

  private final long[] recentNumbers = new long[RECENT];

  /**
   * Makes empty sets.
   *
   * @param spilled takes what exceeds the memory; may be shared by several of these
   * @param limit how much memory the sets may take, in bytes
   */
  RunIds(SpilledIds spilled, long limit) {
    this.spilled = spilled;
    this.limit = limit;
  }

  /** Adds a run to a week. */
  void addToWeek(long number, RunId id) throws IOException {
    int slot = (int) number & RECENT - 1;
    if (recent[slot] == null || recentNumbers[slot] != number) {
      recent[slot] = ofWeek(number);
      recentNumbers[slot] = number;
    }
    add(recent[slot], id, 0);
  }

  private IdSet ofWeek(long number) {
    IdSet ids = weeks.get(number);
    if (ids == null) {
      ids = new IdSet();
      weeks.put(number, ids);
      bytes += ids.bytes() + OVERHEAD;
    }
    return ids;
  }

  /** Adds a run to the window. */
  void addToWindow(RunId id, int bits) throws IOException {
    add(window, id, bits);
  }

  private void add(IdSet set, RunId id, int bits) throws IOException {
    bytes -= set.bytes();
    set.add(id, bits);
    bytes += set.bytes();
    if (bytes > limit) {
      spill();
    }
  }

  private void spill() throws IOException {
    spilled.addWindow(window);
    for (Map.Entry<Long, IdSet> entry : weeks.entrySet()) {
      spilled.addWeek(entry.getKey(), entry.getValue());
    }
    window = new IdSet();
    weeks.clear();
    Arrays.fill(recent, null);
    bytes = 0;
    limit = Math.min(limit, MAX_PART);
  }

  /** Returns how much memory the sets take, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Adds other ids, whose sets must not be used any more. */
  void addAll(RunIds other) throws IOException {
    if (!spilled.isEmpty()) {
      other.spill();
      return;
    }
    window.addAll(other.window);
    while (!other.weeks.isEmpty()) {
      Map.Entry<Long, IdSet> entry = other.weeks.pollFirstEntry();
      IdSet ids = weeks.putIfAbsent(entry.getKey(), entry.getValue());
      if (ids != null) {
        ids.addAll(entry.getValue());
      }
    }
  }

  /** Counts all ids, those in temporary files included. Nothing may be added any more. */
  Counts count() throws IOException {
    if (!spilled.isEmpty()) {
      spill();
      return spilled.count();
    }
    List<Retention> pairs = new ArrayList<>();
    Map.Entry<Long, IdSet> previous = null;
    for (Map.Entry<Long, IdSet> entry : weeks.entrySet()) {
      if (previous != null) {
        IdSet base = previous.getValue();
        int common = base.countCommon(entry.getValue());
        pairs.add(Retention.of(previous.getKey(), entry.getKey(), common, base.size()));
      }
      previous = entry;
    }
    long successful =
        (long) window.count(ENDED | SUCCEEDED, SUCCEEDED) + window.count(ENDED_WELL, ENDED_WELL);
    return new Counts(successful, pairs);
  }

  /** Returns whether a run is successful: the event that ends it decides, if it has one. */
  static boolean isSuccessful(int bits) {
    return (bits & (ENDED | SUCCEEDED)) == SUCCEEDED || (bits & ENDED_WELL) == ENDED_WELL;
  }

  /**
   * What the ids say.
   *
   * @param successful the number of successful runs in the window
   * @param retention from each week that has runs to the next one that has
   */
  record Counts(long successful, List<Retention> retention) {}
}
