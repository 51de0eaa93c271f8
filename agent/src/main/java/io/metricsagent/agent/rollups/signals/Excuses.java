package io.metricsagent.agent.rollups.signals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The phrases that excuse an error whose message contains one of them. Immutable. */
public final class Excuses {
  private final List<String> phrases;

  /**
   * Makes a list of phrases.
   *
   * @param phrases in whatever case; blank ones are left out, because every message contains them
   */
  public Excuses(List<String> phrases) {
    List<String> lower = new ArrayList<>();
    for (String phrase : phrases) {
      if (!phrase.isBlank()) {
        lower.add(phrase.strip().toLowerCase(Locale.ROOT));
      }
    }
    this.phrases = List.copyOf(lower);
  }

  /**
   * Returns whether an error is excusable.
   *
   * @param message {@code null} or blank for none, which excuses nothing
   */
  public boolean excuse(String message) {
    if (message == null || message.isBlank()) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    for (String phrase : phrases) {
      if (lower.contains(phrase)) {
        return true;
      }
    }
    return false;
  }
}
