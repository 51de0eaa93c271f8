package io.metricsagent.agent.files;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Describes what is wrong with JSON, for users. Stateless. */
public final class JsonFault {
  /** From here on a message repeats the position. */
  private static final String[] POSITIONS = {" (start marker at [Source", "\n at ["};

  private JsonFault() {}

  /** Returns what is wrong, in one line and without the position. */
  public static String reason(JacksonException fault) {
    String message = fault.getOriginalMessage();
    for (String position : POSITIONS) {
      int begin = message.indexOf(position);
      message = begin < 0 ? message : message.substring(0, begin);
    }
    return message.replace('\n', ' ');
  }

  /** Returns where and what is wrong, in one line. */
  public static String describe(JacksonException fault) {
    return at(fault.getLocation()) + reason(fault);
  }

  /**
   * Returns a position in front of a message.
   *
   * @param location {@code null} if it is not known
   */
  public static String at(TokenStreamLocation location) {
    return location == null
        ? ""
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }
}
