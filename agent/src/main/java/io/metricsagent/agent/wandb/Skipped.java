package io.metricsagent.agent.wandb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what became no gauge, by reason. Used by one thread. */
public final class Skipped {
  /** Why something was left out. */
  enum Reason {
    NO_RUN("not an object"),
    NO_ID("without an id"),
    NO_NAME("without a name"),
    REPEATED("with an id that was read before"),
    OTHER_STATE("neither running nor ended"),
    OLD("older than seven days");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Map<Reason, Long> runs = new EnumMap<>(Reason.class);
  private long values;

  void add(Reason reason) {
    runs.merge(reason, 1L, Long::sum);
  }

  void addValues(long number) {
    values += number;
  }

  /** Returns the number of runs that were left out. */
  public long runs() {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of values that could not be read, or found no room. */
  public long values() {
    return values;
  }

  /** Returns how many runs were left out for which reason, for people; empty for none. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    runs.forEach((reason, count) -> reasons.add(count + " " + reason.words));
    return Collections.unmodifiableList(reasons);
  }
}
