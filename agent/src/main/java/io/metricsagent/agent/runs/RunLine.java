package io.metricsagent.agent.runs;

import io.metricsagent.instrumentations.events.CallEvent;
import io.metricsagent.instrumentations.events.Run;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes the end of a run as one line of JSON with the nine fields of the file. Stateless. */
final class RunLine {
  /** How much of a text is written: a line must be short enough for one write. */
  private static final int MAX_TEXT = 500;

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_ASCII = 0x7E;
  private static final long NANOS_PER_MICRO = 1000;

  private RunLine() {}

  /** Returns the line of an event of the kind {@code RUN_ENDED}, with its line feed. */
  static byte[] of(CallEvent event) {
    Run run = event.run();
    boolean success = event.errorType() == null;
    StringBuilder line = new StringBuilder(300);
    line.append("{\"event\":").append(success ? "\"run.complete\"" : "\"run.error\"");
    line.append(",\"timestamp\":").append(BigDecimal.valueOf(event.epochMillis(), 3));
    text(line.append(",\"run_id\":"), run.id());
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
    if (text == null) {
      line.append("null");
      return;
    }
    line.append('"');
    int length = Math.min(text.length(), MAX_TEXT);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c >= FIRST_PRINTABLE && c <= LAST_ASCII) {
        line.append(c);
      } else {
        escape(line, c);
      }
    }
    line.append('"');
  }

  /** Writes a character as six, without {@code String.format}, which is slow the first time. */
  private static void escape(StringBuilder line, char c) {
    line.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      line.append(Character.forDigit((c >> shift) & 0xF, 16));
    }
  }
}
