package io.metricsagent.agent.cli;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON for the commands. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** From here on the message repeats the position, without the file's name. */
  private static final String START_MARKER = " (start marker at [Source";

  /** From here on the message lists the tokens of JSON. */
  private static final String EXPECTATIONS = ": was expecting (JSON";

  private Json() {}

  /** Returns what is wrong, in one line, without what the parser would accept instead. */
  private static String message(JacksonException e) {
    String message = e.getOriginalMessage().replace('\n', ' ');
    for (String rest : List.of(START_MARKER, EXPECTATIONS)) {
      int marker = message.indexOf(rest);
      message = marker < 0 ? message : message.substring(0, marker);
    }
    return message;
  }

  /**
   * Describes a syntax error, in one line.
   *
   * @param file the name of the source for the message
   * @param line the number of the line at which the parsed text begins, from 1
   */
  static String describe(JacksonException e, String file, int line) {
    return describe(e, file, line, message(e));
  }

  /** Tells in one line that a file is torn, or no JSON. */
  static String describeFile(JacksonException e, String file) {
    return e instanceof UnexpectedEndOfInputException
        ? file + ": torn: its JSON ends at line " + e.getLocation().getLineNr()
        : describe(e, file, 1, "not JSON: " + message(e));
  }

  private static String describe(JacksonException e, String file, int line, String message) {
    return e.getLocation() == null
        ? file + ":" + line + ": " + message
        : file
            + ":"
            + (line - 1 + e.getLocation().getLineNr())
            + ":"
            + e.getLocation().getColumnNr()
            + ": "
            + message;
  }
}
