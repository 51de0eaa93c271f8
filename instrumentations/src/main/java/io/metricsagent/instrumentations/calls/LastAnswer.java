package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;

/**
 * The answer that arrived last on one thread: the tools that it asks for may follow. Not
 * thread-safe; only its thread uses it.
 */
public final class LastAnswer {
  private AdapterMetrics series;

  /** The identity hash code of the answer; a reference would keep the answer alive. */
  private int answer;

  LastAnswer() {}

  /**
   * Notes an answer.
   *
   * @param newSeries the series of its request
   * @param response the answer, or {@code null} if it is not known
   */
  public void arrived(AdapterMetrics newSeries, Object response) {
    series = newSeries;
    answer = System.identityHashCode(response);
  }

  /** Returns the series of its request; {@code null} before the first answer. */
  public AdapterMetrics series() {
    return series;
  }

  /** Returns the series of its request if {@code response} was the answer, else {@code null}. */
  public AdapterMetrics seriesOf(Object response) {
    return response != null && answer == System.identityHashCode(response) ? series : null;
  }
}
