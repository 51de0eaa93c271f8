package io.metricsagent.it.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the agent has kept of the events of an application, in its folder. A file or a line that is
 * not whole fails.
 *
 * @param runs the lines of {@code metrics.jsonl}
 * @param sessions the sessions of all files, in the order of their files
 * @param rollups the lines of all files
 */
public record Recordings(RunLines runs, List<JsonNode> sessions, List<JsonNode> rollups) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Switches on all that keeps events: runs, all sessions without contents, session metrics. */
  public static AgentRun on(AgentRun run) {
    return run.setting("metrics.agent.runs.enabled", "true")
        .setting("metrics.agent.sessions.enabled", "true")
        .setting("metrics.agent.sessions.sample.rate", "1")
        .setting("metrics.agent.rollups.enabled", "true");
  }

  /** Reads what a run has left. */
  public static Recordings of(FinishedRun run) throws IOException {
    return in(run.agentDirectory());
  }

  /** Reads what is in a folder of the agent's; what is missing is empty. */
  public static Recordings in(Path directory) throws IOException {
    Path runs = directory.resolve("metrics.jsonl");
    List<JsonNode> sessions = new ArrayList<>();
    for (Path file : files(directory.resolve("debug/sessions"), ".json")) {
      JSON.readTree(file.toFile()).get("sessions").forEach(sessions::add);
    }
    List<JsonNode> rollups = new ArrayList<>();
    for (Path file : files(directory.resolve("rollups"), ".jsonl")) {
      rollups.addAll(lines(file));
    }
    return new Recordings(
        new RunLines(Files.exists(runs) ? lines(runs) : List.of()), sessions, rollups);
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new AssertionError("the last line of " + file + " is torn");
    }
    return text.lines().map(JSON::readTree).toList();
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** Returns the sum of a field of all rollups. */
  public long rolledUp(String field) {
    return rollups.stream().mapToLong(line -> line.get(field).asLong()).sum();
  }

  /** Returns the data of all events of a type in a session, in their order. */
  public static List<JsonNode> events(JsonNode session, String type) {
    List<JsonNode> data = new ArrayList<>();
    for (JsonNode event : session.get("events")) {
      if (event.get("event_type").asString().equals(type)) {
        data.add(event.get("data"));
      }
    }
    return data;
  }
}
