package io.metricsagent.agent.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Selects the last snapshot of each process. A snapshot has everything since its process began, so
 * two snapshots of one process must not be added up.
 */
final class LastOfEachRun {
  /**
   * What identifies a process: its worker and its start. A file without these counts as a process
   * of its own, identified by its name.
   */
  private record Run(String worker, String startedAt) {}

  private record Last(String name, Instant capturedAt, byte[] bytes) {}

  private final Map<Run, Last> runs = new LinkedHashMap<>();

  /** Adds a file, unless there is a later one of the same process. */
  void add(Path file, byte[] bytes) {
    Map<String, String> head = head(bytes);
    String worker = head.get("worker_id");
    String startedAt = head.get("started_at");
    Instant capturedAt = time(head.get("captured_at"));
    String name = file.toString();
    boolean known = worker != null && startedAt != null && capturedAt != null;
    Run run = known ? new Run(worker, startedAt) : new Run(null, name);
    Last before = runs.get(run);
    if (before == null || !known || !capturedAt.isBefore(before.capturedAt())) {
      runs.put(run, new Last(name, capturedAt, bytes));
    }
  }

  /** Returns the contents of the selected files, by file name. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    runs.values().forEach(last -> files.put(last.name(), last.bytes()));
    return files;
  }

  /**
   * Returns the text fields before the first nested object or array, up to the first syntax error.
   */
  private static Map<String, String> head(byte[] bytes) {
    Map<String, String> head = new LinkedHashMap<>();
    try (JsonParser parser = Json.MAPPER.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return head;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          head.put(name, parser.getString());
        } else if (value == null || value.isStructStart()) {
          break;
        }
      }
    } catch (JacksonException e) {
      return head; // the merger reports what is wrong with the file
    }
    return head;
  }

  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
