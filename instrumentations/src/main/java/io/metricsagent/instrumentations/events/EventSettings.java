package io.metricsagent.instrumentations.events;

/**
 * What the user has set for all events. Immutable.
 *
 * @param scenario the scenario of all runs, or {@code null} for what is run
 * @param sampling which runs are sampled
 * @param content whether prompts, answers, arguments and results may be in events
 * @param startEpochMillis when the process began, in milliseconds since 1970
 */
public record EventSettings(
    String scenario, RunSampling sampling, boolean content, long startEpochMillis) {
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
