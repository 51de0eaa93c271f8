package io.metricsagent.agent.runs;

import io.metricsagent.agent.files.SkippedLines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The report of weekly active successful runs. Immutable.
 *
 * @param window which events count; retention counts all of them
 * @param events the number of events in the file, in the window or not
 * @param wasr the number of successful runs in the window
 * @param attempts the number of runs of the quick start in the window
 * @param successes those of them that succeeded
 * @param scenarios the number of events in the window for each scenario
 * @param retention of each pair of neighbouring weeks that have runs, the oldest first
 * @param skipped the lines that hold no event
 */
public record WasrReport(
    Window window,
    long events,
    long wasr,
    long attempts,
    long successes,
    Map<String, Long> scenarios,
    List<Retention> retention,
    SkippedLines skipped) {

  public WasrReport {
    scenarios = Map.copyOf(scenarios);
    retention = List.copyOf(retention);
  }

  static WasrReport of(Window window, Tally tally, SkippedLines skipped) throws IOException {
    RunIds.Counts runs = tally.runs();
    return new WasrReport(
        window,
        tally.events(),
        runs.successful(),
        tally.attempts(),
        tally.successes(),
        tally.scenarios(),
        runs.retention(),
        skipped);
  }

  /** Returns the report of no events. */
  public static WasrReport empty(Window window) {
    return new WasrReport(window, 0, 0, 0, 0, Map.of(), List.of(), SkippedLines.NONE);
  }

  /** Returns the part of the quick start's runs that succeeded, 0 to 1; 0 if there are none. */
  public double successRate() {
    return attempts == 0 ? 0 : (double) successes / attempts;
  }

  /** Returns the retention of the newest pair of weeks, 0 to 1, or nothing if there is no pair. */
  public OptionalDouble newestRetention() {
    return retention.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(retention.get(retention.size() - 1).rate());
  }
}
