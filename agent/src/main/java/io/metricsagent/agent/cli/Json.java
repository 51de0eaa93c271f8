package io.metricsagent.agent.cli;

import io.metricsagent.agent.files.JsonFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON for the commands. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Describes a syntax error, in one line.
   *
   * @param file the name of the source for the message
   * @param line the number of the line at which the parsed text begins, from 1
   */
  static String describe(JacksonException e, String file, int line) {
    String message = JsonFault.reason(e);
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
