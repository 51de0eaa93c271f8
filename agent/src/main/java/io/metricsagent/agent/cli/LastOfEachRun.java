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
 * Keeps the last snapshot of each process. One holds everything since its process began, so two of
 * the same one must not be added up.
 */
final class LastOfEachRun {
  /**
   * What tells a process from others: its worker and its start. A file that does not say both is
   * one by itself, under its name.
   */
  private record Run(String worker, String startedAt) {}

  private record Last(String name, Instant capturedAt, byte[] bytes) {}

  private final Map<Run, Last> runs = new LinkedHashMap<>();

  /** Takes a file, unless a later one of its process is there. */
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

  /** Returns the contents by file name. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    runs.values().forEach(last -> files.put(last.name(), last.bytes()));
    return files;
  }

  /** Returns the texts before the first object or array, or less of them if it is no JSON. */
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
      return head; // whoever adds it up says what is wrong
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
