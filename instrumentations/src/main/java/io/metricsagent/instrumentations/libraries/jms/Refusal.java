package io.metricsagent.instrumentations.libraries.jms;

/**
 * Recognises the exception {@code IllegalStateException} of {@code jakarta.jms} and {@code
 * javax.jms}: the provider has not done what it was asked for, so no message was settled.
 * Stateless.
 */
final class Refusal {
  private static final String NAME = "IllegalStateException";
  private static final String PACKAGE = ".jms";

  private Refusal() {}

  static boolean is(Throwable thrown) {
    if (thrown == null) {
      return false;
    }
    for (Class<?> c = thrown.getClass(); c != Throwable.class; c = c.getSuperclass()) {
      if (c.getSimpleName().equals(NAME) && c.getPackageName().endsWith(PACKAGE)) {
        return true;
      }
    }
    return false;
  }
}
