package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.HashSet;
import java.util.Set;

/**
 * Names pools by their threads, which is what people know them by: {@code orders} for the threads
 * {@code orders-1} and {@code orders-2}, {@code pool-3} for those of the JDK's own factory. No
 * thread is made for the sake of its name. Thread-safe.
 *
 * <p><b>Bound:</b> {@value #MAX_NAMES} names at most; further pools share one.
 */
final class PoolNames {
  private static final int MAX_NAMES = 100;
  private static final String OTHER = "_other";
  private static final String OF_JDK = "pool-";
  private static final String THREAD = "-thread";

  private final Set<String> known = new HashSet<>();

  /** Returns the name of the pool that a thread works for. */
  synchronized String of(Thread thread) {
    String name = shortened(thread.getName());
    if (known.size() < MAX_NAMES) {
      known.add(name);
    }
    return known.contains(name) ? name : OTHER;
  }

  /** Returns the name of a thread without the number at its end. */
  private static String shortened(String thread) {
    int end = thread.length();
    while (end > 0 && !Character.isLetter(thread.charAt(end - 1))) {
      end--;
    }
    String name = thread.substring(0, end);
    if (name.startsWith(OF_JDK)
        && name.endsWith(THREAD)
        && name.length() > OF_JDK.length() + THREAD.length()) {
      name = name.substring(0, name.length() - THREAD.length());
    }
    return name.isEmpty() ? Mailboxes.UNKNOWN_QUEUE : name;
  }
}
