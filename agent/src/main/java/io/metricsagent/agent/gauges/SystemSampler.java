package io.metricsagent.agent.gauges;

/** Asks what is known of the process at the moment. */
interface SystemSampler {
  /**
   * Returns what is known.
   *
   * @param asksBeans whether the JVM's beans may be asked; if not, the values that only they know
   *     are unknown
   */
  SystemSample sample(boolean asksBeans);
}
