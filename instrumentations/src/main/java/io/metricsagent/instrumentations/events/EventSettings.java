package io.metricsagent.instrumentations.events;

import io.metricsagent.instrumentations.context.CallContexts;

/**
 * What the user has set for all events. Immutable.
 *
 * @param scenario the scenario of all runs, or {@code null} for what is run
 * @param sampling which runs are sampled
 * @param content whether prompts, answers, arguments and results may be in events
 * @param startEpochMillis when the process began, in milliseconds since 1970
 * @param contexts reads what the application says that a run is for
 * @param sessionId the conversation of runs that have none of their own, or {@code null}
 */
public record EventSettings(
    String scenario,
    RunSampling sampling,
    boolean content,
    long startEpochMillis,
    CallContexts contexts,
    String sessionId) {
  /** Makes settings with which nothing is said of runs. */
  public EventSettings(
      String scenario, RunSampling sampling, boolean content, long startEpochMillis) {
    this(scenario, sampling, content, startEpochMillis, CallContexts.OFF, null);
  }

  /**
   * Makes settings for a process that begins now, without content, whose runs are named after what
   * they run.
   *
   * @param sampleRate the part of the runs that is sampled, from 0 to 1
   */
  public static EventSettings sampling(double sampleRate) {
    return new EventSettings(null, new RunSampling(sampleRate), false, System.currentTimeMillis());
  }
}
