package io.metricsagent.instrumentations.libraries.kafka;

import java.util.Arrays;

/**
 * The offsets of one partition that were delivered and not yet committed, as runs of neighbouring
 * offsets. Immutable.
 *
 * <p>A run has its own number of messages, because a partition has gaps: compaction removes
 * messages, and the markers of transactions take offsets. A run without gaps is split exactly. A
 * partition with more than {@value #MAX_RUNS} runs has its oldest ones joined; then a commit
 * between two of their messages counts at most all messages of the joined run.
 */
final class DeliveredOffsets {
  static final DeliveredOffsets NONE = new DeliveredOffsets(new long[0]);
  static final int MAX_RUNS = 1_024;

  /** From this number of runs on, a run that continues the last one is joined to it. */
  private static final int MAX_NEIGHBOURS = 16;

  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int MESSAGES = 2;
  private static final int SENT = 3;
  private static final int FIELDS = 4;

  /** The runs, in the order of their offsets, each as its fields. */
  private final long[] runs;

  private DeliveredOffsets(long[] runs) {
    this.runs = runs;
  }

  /**
   * Returns these offsets with another run after them, in which the same offsets and later ones
   * must not be contained.
   *
   * @param sentMillis when the first message of the run was sent; 0 or less if it is unknown
   */
  DeliveredOffsets with(long first, long last, long messages, long sentMillis) {
    int length = runs.length;
    if (length >= FIELDS * MAX_NEIGHBOURS && runs[length - FIELDS + LAST] + 1 == first) {
      long[] joined = runs.clone();
      joined[length - FIELDS + LAST] = last;
      joined[length - FIELDS + MESSAGES] += messages;
      return new DeliveredOffsets(joined);
    }
    return followedBy(new long[] {first, last, messages, sentMillis}, FIELDS);
  }

  /** Returns these offsets with the runs of a delivery after them. */
  DeliveredOffsets with(Runs delivery) {
    return followedBy(delivery.fields, delivery.length);
  }

  private DeliveredOffsets followedBy(long[] more, int length) {
    long[] all = Arrays.copyOf(runs, runs.length + length);
    System.arraycopy(more, 0, all, runs.length, length);
    int excess = all.length - FIELDS * MAX_RUNS;
    return new DeliveredOffsets(excess > 0 ? withOldestJoined(all, excess) : all);
  }

  /** Joins the oldest runs, so that the array becomes shorter by {@code excess}. */
  private static long[] withOldestJoined(long[] all, int excess) {
    long[] fewer = Arrays.copyOfRange(all, excess, all.length);
    fewer[FIRST] = all[FIRST];
    fewer[SENT] = all[SENT];
    for (int i = 0; i < excess; i += FIELDS) {
      fewer[MESSAGES] += all[i + MESSAGES];
    }
    return fewer;
  }

  /**
   * Collects the runs of one delivery, so that they are added together: each addition copies all
   * runs. Not thread-safe.
   */
  static final class Runs {
    private long[] fields = new long[FIELDS * MAX_NEIGHBOURS];
    private int length;

    /** Adds a run, as {@link DeliveredOffsets#with(long, long, long, long)} does. */
    void add(long first, long last, long messages, long sentMillis) {
      if (length == fields.length) {
        fields = Arrays.copyOf(fields, 2 * length);
      }
      fields[length + FIRST] = first;
      fields[length + LAST] = last;
      fields[length + MESSAGES] = messages;
      fields[length + SENT] = sentMillis;
      length += FIELDS;
    }
  }

  /** Returns how many messages are before an offset. */
  long before(long offset) {
    long messages = 0;
    for (int i = 0; i < runs.length && runs[i + FIRST] < offset; i += FIELDS) {
      messages += part(i, offset);
    }
    return messages;
  }

  /** Returns how many messages of a run are before an offset. */
  private long part(int i, long offset) {
    return runs[i + LAST] < offset
        ? runs[i + MESSAGES]
        : Math.min(runs[i + MESSAGES], offset - runs[i + FIRST]);
  }

  /** Returns whether all messages are before an offset. */
  boolean endBefore(long offset) {
    return runs.length == 0 || runs[runs.length - FIELDS + LAST] < offset;
  }

  /** Returns how many messages there are. */
  long size() {
    return before(Long.MAX_VALUE);
  }

  /** Returns the messages at an offset and after it. */
  DeliveredOffsets from(long offset) {
    int i = 0;
    while (i < runs.length && runs[i + LAST] < offset) {
      i += FIELDS;
    }
    if (i == runs.length) {
      return NONE;
    }
    long[] rest = Arrays.copyOfRange(runs, i, runs.length);
    if (rest[FIRST] < offset) {
      long left = rest[MESSAGES] - part(i, offset);
      if (left == 0) {
        return new DeliveredOffsets(Arrays.copyOfRange(rest, FIELDS, rest.length));
      }
      rest[FIRST] = offset;
      rest[MESSAGES] = left;
    }
    return new DeliveredOffsets(rest);
  }

  /** Returns the messages before an offset. */
  DeliveredOffsets until(long offset) {
    int end = 0;
    while (end < runs.length && runs[end + FIRST] < offset) {
      end += FIELDS;
    }
    long[] kept = Arrays.copyOf(runs, end);
    if (end > 0 && kept[end - FIELDS + LAST] >= offset) {
      kept[end - FIELDS + MESSAGES] = part(end - FIELDS, offset);
      kept[end - FIELDS + LAST] = offset - 1;
    }
    return new DeliveredOffsets(kept);
  }

  /** Returns these offsets without those from {@code first} on and before {@code end}. */
  DeliveredOffsets without(long first, long end) {
    DeliveredOffsets rest = from(end);
    return until(first).followedBy(rest.runs, rest.runs.length);
  }

  /** Returns the same offsets as another object. */
  DeliveredOffsets copy() {
    return new DeliveredOffsets(runs);
  }

  /** Returns the number of runs. */
  int runs() {
    return runs.length / FIELDS;
  }

  /** Returns when the oldest message was sent, as far as its run says; 0 or less if unknown. */
  long oldestSentMillis() {
    return runs.length == 0 ? 0 : runs[SENT];
  }
}
