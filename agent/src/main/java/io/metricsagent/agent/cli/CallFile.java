package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A file of calls, or standard input: one JSON object on each line, or one JSON array of objects.
 *
 * <p>A broken line is reported, and the other lines are played. After a syntax error in an array,
 * the rest of the array cannot be parsed and is not played.
 */
final class CallFile {
  private final Path file;
  private final CallPlayer player;
  private final PrintWriter err;
  private final LongConsumer progress;
  private int calls;
  private int bad;

  /**
   * Names a file, and does not open it.
   *
   * @param progress is told how many bytes have been read
   */
  CallFile(Path file, CallPlayer player, PrintWriter err, LongConsumer progress) {
    this.progress = progress;
    this.file = file;
    this.player = player;
    this.err = err;
  }

  /** Returns the number of calls seen, played or not. */
  int calls() {
    return calls;
  }

  /** Returns the number of calls that could not be played. */
  int bad() {
    return bad;
  }

  void play() throws IOException {
    // Unlike Files.newBufferedReader this reads on after a byte that is no UTF-8.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new CountedInput(Inputs.open(file), 0, progress), StandardCharsets.UTF_8))) {
      int line = 1;
      for (int c = peek(reader); c >= 0 && isBlank(c); c = peek(reader)) {
        line += reader.read() == '\n' ? 1 : 0;
      }
      if (peek(reader) == '[') {
        playArray(reader, line);
      } else {
        playLines(reader, line);
      }
    }
  }

  private static int peek(BufferedReader reader) throws IOException {
    reader.mark(1);
    int c = reader.read();
    reader.reset();
    return c;
  }

  private static boolean isBlank(int c) {
    return c == '\uFEFF' || Character.isWhitespace(c);
  }

  private void playLines(BufferedReader reader, int firstLine) throws IOException {
    int number = firstLine;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!line.isBlank()) {
        playLine(line, number);
      }
      number++;
    }
  }

  private void playLine(String line, int number) {
    JsonNode call;
    try {
      call = Json.MAPPER.readTree(line);
    } catch (JacksonException e) {
      reject(Json.describe(e, file.toString(), number));
      return;
    }
    play(call, number);
  }

  private void playArray(BufferedReader reader, int firstLine) {
    try (JsonParser parser = Json.MAPPER.createParser(reader)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = firstLine - 1 + parser.currentTokenLocation().getLineNr();
        play(parser.readValueAsTree(), line);
      }
      if (parser.nextToken() != null) {
        int line = firstLine - 1 + parser.currentTokenLocation().getLineNr();
        reject(file + ":" + line + ": text after the end of the array");
      }
    } catch (JacksonException e) {
      reject(Json.describe(e, file.toString(), firstLine));
    }
  }

  private void play(JsonNode call, int line) {
    String where = file + ":" + line + ": ";
    try {
      player.play(call, problem -> err.println(AgentLog.printable(where + problem)));
      calls++;
    } catch (BadCallException e) {
      reject(where + e.getMessage());
    }
  }

  private void reject(String message) {
    calls++;
    bad++;
    err.println(AgentLog.printable(message));
  }
}
