package io.metricsagent.agent.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Writes files of any size for the commands that read them. The number of sessions, runs and keys
 * grows with the size of the file, and related lines are far apart. Stateless.
 */
public final class BigFiles {
  /** The newest time in the files, in seconds since 1970. */
  public static final double NOW = 1_760_054_400;

  private static final int WEEKS_SECONDS = 10 * 7 * 86_400;
  private static final int LINE = 220;
  private static final int MEGABYTE = 1_000_000;

  private BigFiles() {}

  private interface Line {
    String of(int number);
  }

  private static int write(Path file, int megabytes, String head, String tail, Line line)
      throws IOException {
    int count = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write(head);
      for (long left = (long) megabytes * MEGABYTE; left > 0; count++) {
        String text = line.of(count);
        out.write(text);
        left -= text.length();
      }
      out.write(tail);
    }
    return count;
  }

  /** Writes a file of sessions of some 30 KB and returns how many there are. */
  static int sessions(Path file, int megabytes) throws IOException {
    String event =
        "{\"timestamp\": \"2024-01-15T10:30:01\", \"event_type\": \"tool.called\","
            + " \"skill_name\": \"deploy\", \"data\": {\"tool\": \"azure-cli\", \"args\": \""
            + "x".repeat(900)
            + "\"}, \"session_id\": null}";
    String events = String.join(",\n", Collections.nCopies(28, event));
    return write(
        file,
        megabytes,
        "{\"exported_at\": \"2024-01-16T00:00:00\", \"sessions\": [",
        "\n]}\n",
        number ->
            (number == 0 ? "\n" : ",\n")
                + "{\"session_id\": \""
                + new UUID(0, number)
                + "\", \"start_time\": \"2024-01-15T10:30:00\", \"end_time\":"
                + " \"2024-01-15T10:30:02\", \"skill_name\": \"deploy\", \"prompt\": \"p"
                + number
                + "\", \"output\": \"\", \"events\": ["
                + events
                + "], \"tool_calls\": [{\"tool\": \"azure-cli\"}], \"success\": true, \"error\":"
                + " null, \"metadata\": {\"field"
                + number
                + "\": 1}}");
  }

  /** Writes a log with four events a session, and returns the number of its lines. */
  static int log(Path file, int megabytes) throws IOException {
    return log(file, megabytes, megabytes * 1200, megabytes * 1200);
  }

  /** Writes a log of tool calls of one session, and returns the number of its lines. */
  static int logOfOneSession(Path file, int megabytes) throws IOException {
    return log(file, megabytes, 1, 0);
  }

  /** Writes a log of lines of almost 1 MB, one a session, and returns the number of its lines. */
  static int logOfLongLines(Path file, int megabytes) throws IOException {
    return log(file, megabytes, megabytes, 0, 1_000_000);
  }

  private static int log(Path file, int megabytes, int sessions, int skills) throws IOException {
    return log(file, megabytes, sessions, skills, 30);
  }

  private static int log(Path file, int megabytes, int sessions, int skills, int more)
      throws IOException {
    return write(
        file,
        megabytes,
        "",
        "",
        number ->
            "{\"timestamp\": \""
                + Instant.ofEpochSecond((long) NOW + number)
                + "\", \"event\": \""
                + (number < skills ? "skill.invoked" : "tool.called")
                + "\", \"session_id\": \""
                + new UUID(1, number % sessions)
                + "\", \"skill\": \"deploy\", \"data\": {\"tool\": \"azure-cli\", \"more\": \""
                + "x".repeat(more)
                + "\"}}\n");
  }

  /** Writes signals, four a session, and returns how many there are. */
  static int signals(Path file, int megabytes) throws IOException {
    String[] types = {
      "gateway_receive_few_processed_segments",
      "gateway_receive_first_processed_segment",
      "orchestrator_swap",
      "gateway_receive_stream_request",
    };
    int sessions = megabytes * 1200;
    return write(
        file,
        megabytes,
        "",
        "",
        number ->
            "{\"ts_ms\": "
                + (1_760_000_000_000L - number)
                + ", \"kind\": \"trace\", \"type\": \""
                + types[number / sessions % types.length]
                + "\", \"stream_id\": \"stream-"
                + number % sessions / 2
                + "\", \"request_id\": \""
                + new UUID(2, number % sessions)
                + "\", \"provider\": \"openai\"}\n");
  }

  /** Writes rollups of one hour by 500 workers, and returns how many there are. */
  static int rollups(Path file, int megabytes) throws IOException {
    return write(
        file,
        megabytes,
        "",
        "",
        number ->
            "{\"schema_version\": 1, \"hour\": \"2024-01-15T10:00:00Z\", \"adapter\": \"openai\","
                + " \"model\": \"m\", \"worker\": \"w"
                + number % 500
                + "\", \"experiment\": null, \"total_sessions\": 1, \"known_sessions\": 1,"
                + " \"startup_success_sessions\": 1, \"excused_sessions\": 0,"
                + " \"unexcused_sessions\": 0, \"swapped_sessions\": 0}\n");
  }

  /** Writes one event for each of as many runs in ten weeks, and returns how many there are. */
  public static int runs(Path file, int megabytes) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    return write(
        file,
        megabytes,
        "",
        "",
        number -> {
          boolean success = random.nextInt(10) > 0;
          String line =
              String.format(
                  Locale.ROOT,
                  "{\"event\": \"%s\", \"timestamp\": %.3f, \"run_id\": \"%s\", \"scenario\":"
                      + " \"%s\", \"success\": %b, \"duration_sec\": %.3f, \"ttfi_sec\": %s,"
                      + " \"artifacts\": [\"%d.pt\"], \"error\": ",
                  success ? "run.complete" : "run.error",
                  NOW - random.nextDouble() * WEEKS_SECONDS,
                  new UUID(random.nextLong(), random.nextLong()),
                  random.nextBoolean() ? "quickstart" : "train",
                  success,
                  random.nextDouble() * 100,
                  success ? "1.25" : "null",
                  number);
          int rest = Math.max(0, LINE - line.length() - 4);
          return line
              + (success ? "null" + " ".repeat(rest) : "\"" + "e".repeat(rest) + "\"")
              + "}\n";
        });
  }
}
