package io.opentelemetry.context;

/** A context, which is asked for so often. */
public final class Context {
  private static int questions;

  private Context() {}

  /** The first question fixes how contexts are stored. */
  public static Context current() {
    questions++;
    return null;
  }

  /** Returns how often somebody asked. */
  public static int questions() {
    return questions;
  }
}
