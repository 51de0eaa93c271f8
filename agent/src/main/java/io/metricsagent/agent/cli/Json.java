package io.metricsagent.agent.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON for the commands. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** From here on the message repeats the position, without the file's name. */
  private static final String START_MARKER = " (start marker at [Source";

  private Json() {}

  /**
   * Describes a syntax error, in one line.
   *
   * @param file the name of the source for the message
   * @param line the number of the line at which the parsed text begins, from 1
   */
  static String describe(JacksonException e, String file, int line) {
    String message = e.getOriginalMessage().replace('\n', ' ');
    int marker = message.indexOf(START_MARKER);
    message = marker < 0 ? message : message.substring(0, marker);
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
