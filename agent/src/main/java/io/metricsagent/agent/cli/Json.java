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
    return describe(e, file, line, JsonFault.reason(e));
  }

  /** Tells in one line that a file is torn, or no JSON. */
  static String describeFile(JacksonException e, String file) {
    return JsonFault.isTorn(e)
        ? file + ": " + JsonFault.torn(e)
        : describe(e, file, 1, "not JSON: " + JsonFault.reason(e));
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
