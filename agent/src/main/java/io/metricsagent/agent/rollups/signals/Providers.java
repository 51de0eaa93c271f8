package io.metricsagent.agent.rollups.signals;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The providers that served one session. Names are equal if they differ only in case or in blanks
 * around them. Not thread-safe.
 */
final class Providers {
  /** More providers than that are not told apart, because a session has to have a bounded size. */
  static final int MAX_PROVIDERS = 1024;

  private final Earliest first = new Earliest();
  private Set<String> others;

  void add(long at, String provider) {
    String name = canonical(provider);
    if (name == null) {
      return;
    }
    String before = first.text();
    first.offer(at, name);
    if (before == null || others == null && before.equals(name)) {
      return;
    }
    if (others == null) {
      others = new HashSet<>(Set.of(before));
    }
    if (others.size() < MAX_PROVIDERS) {
      others.add(name);
    }
  }

  /** Returns the form of a name that is compared, or {@code null} if it is blank. */
  static String canonical(String provider) {
    return SessionKey.isBlank(provider) ? null : provider.strip().toLowerCase(Locale.ROOT);
  }

  /** Returns the provider of the earliest signal that names one, or {@code null}. */
  String first() {
    return first.text();
  }

  /** Returns the number of providers beyond the first one. */
  int changes() {
    return others == null ? 0 : others.size() - 1;
  }
}
