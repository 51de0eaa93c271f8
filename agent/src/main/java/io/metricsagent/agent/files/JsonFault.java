package io.metricsagent.agent.files;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Describes what is wrong with JSON, for users. Stateless. */
public final class JsonFault {
  /** From here on a message repeats the position, or lists what the parser would accept instead. */
  private static final String[] RESTS = {
    " (start marker at [Source",
    " (for Array starting at [",
    " (for Object starting at [",
    "\n at [",
    ": was expecting (JSON"
  };

  /** What the parser says, also where it throws no exception of its own for it. */
  private static final String TORN = "Unexpected end-of-input";

  private JsonFault() {}

  /** Returns whether the text ends before its JSON does. */
  public static boolean isTorn(JacksonException fault) {
    return fault instanceof UnexpectedEndOfInputException
        || fault.getOriginalMessage().startsWith(TORN);
  }

  /** Says where a text ends before its JSON does. */
  public static String torn(JacksonException fault) {
    return "torn: its JSON ends at line " + fault.getLocation().getLineNr();
  }

  /** Returns what is wrong, in one line and without the position. */
  public static String reason(JacksonException fault) {
    String message = fault.getOriginalMessage();
    for (String rest : RESTS) {
      int begin = message.indexOf(rest);
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
