package io.metricsagent.agent.runs;

import io.metricsagent.agent.files.JsonText;
import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.Run;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes the end of a run as one line of JSON with the nine fields of the file. Stateless. */
final class RunLine {
  /** How much of a text is written: a line must be short enough for one write. */
  private static final int MAX_TEXT = 500;

  private static final long NANOS_PER_MICRO = 1000;

  private RunLine() {}

  /**
   * Returns the line of an event of the kind {@code RUN_ENDED}, with its line feed.
   *
   * @param id the id of the run, or {@code null} for its own
   */
  static byte[] of(CallEvent event, String id) {
    Run run = event.run();
    boolean success = event.errorType() == null;
    StringBuilder line = new StringBuilder(300);
    line.append("{\"event\":").append(success ? "\"run.complete\"" : "\"run.error\"");
    line.append(",\"timestamp\":").append(BigDecimal.valueOf(event.epochMillis(), 3));
    text(line.append(",\"run_id\":"), id == null ? run.id() : id);
    text(line.append(",\"scenario\":"), run.scenario());
    line.append(",\"success\":").append(success);
    line.append(",\"duration_sec\":").append(seconds(event.durationNanos()));
    long first = event.firstPieceNanos();
    line.append(",\"ttfi_sec\":").append(first == CallEvent.UNKNOWN ? "null" : seconds(first));
    line.append(",\"artifacts\":[],\"error\":");
    text(line, event.errorType());
    return line.append("}\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos / NANOS_PER_MICRO, 6).toPlainString();
  }

  private static void text(StringBuilder line, String text) {
    boolean whole = text == null || text.length() <= MAX_TEXT;
    JsonText.string(line, whole ? text : text.substring(0, MAX_TEXT));
  }
}
