package io.opentelemetry.context;

/** A context that counts the calls of {@link #current}. */
public final class Context {
  private static int questions;

  private Context() {}

  /** Returns the context; in the real API, the first call fixes how contexts are stored. */
  public static Context current() {
    questions++;
    return null;
  }

  /** Returns how often {@link #current} was called. */
  public static int questions() {
    return questions;
  }
}
