package io.metricsagent.agent.rollups.signals;

/**
 * The text of the earliest signal that has one; of equally early ones, the first in the order of
 * the alphabet. So the order in which the signals are read does not matter. Not thread-safe.
 */
final class Earliest {
  private long time = Long.MAX_VALUE;
  private String text;

  /**
   * Considers a text.
   *
   * @param candidate {@code null} or blank for none
   */
  void offer(long at, String candidate) {
    if (SessionKey.isBlank(candidate)) {
      return;
    }
    String stripped = candidate.strip();
    if (text == null || at < time || at == time && stripped.compareTo(text) < 0) {
      time = at;
      text = stripped;
    }
  }

  /** Returns the text, or {@code null} if no signal has one. */
  String text() {
    return text;
  }
}
