package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.Rollup;

/**
 * What is known of the start of a session. Times are in microseconds; a time is {@code null} if one
 * of its ends was not seen or if it is negative.
 *
 * @param key the session's key
 * @param startMs the time of its earliest signal, in milliseconds since 1970
 * @param outcome its class
 * @param succeeded whether a few outputs were seen, also where the request was not
 * @param errors how many errors it has
 * @param excusable how many of them are excusable
 * @param confirmedSwaps how many swaps were confirmed, not inferred from providers
 * @param inferredChanges how many providers it has beyond the first
 * @param firstOutputMicros the time from the request to the first output
 * @param fewOutputsMicros the time from the request until a few outputs were there
 * @param provider the first provider, or {@code null}
 * @param model the first model, or {@code null}
 */
public record SessionFacts(
    String key,
    long startMs,
    SessionClass outcome,
    boolean succeeded,
    long errors,
    long excusable,
    long confirmedSwaps,
    long inferredChanges,
    Long firstOutputMicros,
    Long fewOutputsMicros,
    String provider,
    String model) {
  /** Returns whether the request was seen. */
  public boolean known() {
    return outcome != SessionClass.NOT_IN_DENOMINATOR;
  }

  /** Returns whether another provider took over, by a confirmed swap or as its providers show. */
  public boolean swapped() {
    return confirmedSwaps > 0 || inferredChanges > 0;
  }

  /** Adds this session to the rollup of the hour in which it began. */
  public void addTo(Rollup rollup) {
    rollup.count(Counter.SESSIONS);
    rollup.add(Counter.ERRORS, errors);
    rollup.add(Counter.EXCUSABLE_ERRORS, excusable);
    if (!known()) {
      return;
    }
    rollup.count(Counter.KNOWN);
    rollup.count(
        switch (outcome) {
          case SUCCESS -> Counter.SUCCESS;
          case EXCUSED -> Counter.EXCUSED;
          default -> Counter.UNEXCUSED;
        });
    rollup.add(Counter.SWAPPED, swapped() ? 1 : 0);
    rollup.add(Counter.CONFIRMED_SWAPS, confirmedSwaps);
    rollup.add(Counter.INFERRED_CHANGES, inferredChanges);
    rollup.add(Counter.MISSING_CAPACITY, provider == null ? 1 : 0);
    if (firstOutputMicros != null) {
      rollup.distribution(Quantity.PROMPT_TO_FIRST_FRAME).add(firstOutputMicros);
      rollup.distribution(Quantity.STARTUP_TIME).add(firstOutputMicros);
    }
    if (fewOutputsMicros != null) {
      rollup.distribution(Quantity.E2E_LATENCY).add(fewOutputsMicros);
    }
  }
}
