package io.metricsagent.agent.files;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a file that cannot be used.
 *
 * @param count how many lines
 * @param first the numbers of the first ones, from 1, at most {@link #NAMED}
 */
public record SkippedLines(long count, List<Long> first) {
  /** How many lines are named. */
  public static final int NAMED = 5;

  /** No lines. */
  public static final SkippedLines NONE = new SkippedLines(0, List.of());

  public SkippedLines {
    first = List.copyOf(first);
  }

  /** Returns these lines and one more, which stands behind them. */
  public SkippedLines with(long line) {
    return then(new SkippedLines(1, List.of(line)), 0);
  }

  /**
   * Returns these lines and those of the next part of the file.
   *
   * @param before how many lines stand before the next part
   */
  public SkippedLines then(SkippedLines next, long before) {
    List<Long> all = first;
    if (first.size() < NAMED && next.count > 0) {
      all = new ArrayList<>(first);
      for (long line : next.first) {
        if (all.size() < NAMED) {
          all.add(before + line);
        }
      }
    }
    return new SkippedLines(count + next.count, all);
  }
}
