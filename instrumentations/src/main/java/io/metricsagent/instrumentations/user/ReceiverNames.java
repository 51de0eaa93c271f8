package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.access.ClassNames;
import java.lang.ref.WeakReference;

/**
 * The names of the classes whose objects the methods of one rule are called on. Thread-safe.
 *
 * <p>Most rules see objects of one class. The class that came first is compared before any other is
 * looked up, which saves half of the memory accesses.
 */
final class ReceiverNames extends ClassValue<String> {
  /** A class, which the application may unload, and its name. */
  private static final class Known extends WeakReference<Class<?>> {
    final String name;

    Known(Class<?> type, String name) {
      super(type);
      this.name = name;
    }
  }

  private final String end;
  private final String ofStaticMethods;
  private volatile Known first = new Known(null, null);

  /**
   * Makes names that begin with the simple name of a class.
   *
   * @param type the full name of the class that has the static methods
   * @param end what each name ends with
   */
  ReceiverNames(String type, String end) {
    this.end = end;
    ofStaticMethods = ClassNames.simple(type) + end;
  }

  /**
   * Returns the name for a receiver.
   *
   * @param receiver {@code null} for a static method
   */
  String of(Object receiver) {
    if (receiver == null) {
      return ofStaticMethods;
    }
    Known known = first;
    return known.refersTo(receiver.getClass()) ? known.name : search(receiver.getClass());
  }

  private String search(Class<?> type) {
    String name = get(type);
    if (first.refersTo(null)) {
      first = new Known(type, name);
    }
    return name;
  }

  @Override
  protected String computeValue(Class<?> type) {
    return ClassNames.simple(type) + end;
  }
}
