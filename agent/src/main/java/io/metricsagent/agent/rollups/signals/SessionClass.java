package io.metricsagent.agent.rollups.signals;

/** How the start of a session ended. */
public enum SessionClass {
  /** Its request was not seen, so it is no part of any rate. */
  NOT_IN_DENOMINATOR("not_in_denominator"),
  SUCCESS("success"),
  /** It failed for a reason that the service could do nothing about. */
  EXCUSED("excused"),
  UNEXCUSED("unexcused");

  private final String text;

  SessionClass(String text) {
    this.text = text;
  }

  /** Returns the name in JSON. */
  public String text() {
    return text;
  }

  /**
   * Returns the class of a session: unknown sessions have none, then success wins over an excuse.
   *
   * @param known whether its request was seen
   * @param succeeded whether its output has begun
   * @param noCapacity whether no provider was available, which excuses beside any errors
   * @param errors how many errors it has
   * @param excusable how many of them are excusable; all must be
   */
  public static SessionClass of(
      boolean known, boolean succeeded, boolean noCapacity, long errors, long excusable) {
    if (!known) {
      return NOT_IN_DENOMINATOR;
    }
    if (succeeded) {
      return SUCCESS;
    }
    return noCapacity || errors > 0 && errors == excusable ? EXCUSED : UNEXCUSED;
  }
}
