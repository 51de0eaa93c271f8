package io.metricsagent.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines that an application's runs have left in the file of runs. A line that is no JSON fails.
 *
 * @param lines all lines, in their order
 */
public record RunLines(List<JsonNode> lines) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the file of runs in the agent's folder. */
  public static RunLines of(FinishedRun run) throws IOException {
    return in(run.agentDirectory().resolve("metrics.jsonl"));
  }

  /** Reads a file of runs. */
  public static RunLines in(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return new RunLines(lines);
  }

  /** Returns how many runs there are of each outcome: {@code Assistant.answer true}. */
  public Map<String, Integer> outcomes() {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (JsonNode line : lines) {
      outcomes.merge(
          line.get("scenario").asString() + " " + line.get("success").asBoolean(), 1, Integer::sum);
    }
    return outcomes;
  }

  /** Returns how many runs ended in each way: {@code Assistant.answer ok}. */
  public Map<String, Integer> endings() {
    Map<String, Integer> endings = new TreeMap<>();
    for (JsonNode line : lines) {
      endings.merge(line.get("scenario").asString() + " " + ending(line), 1, Integer::sum);
    }
    return endings;
  }

  /** Returns {@code ok}, {@code cancelled}, {@code interrupted} or {@code failed}. */
  private static String ending(JsonNode line) {
    if (line.get("success").asBoolean()) {
      return "ok";
    }
    String error = line.get("error").asString();
    return error.equals("cancelled") || error.equals("interrupted") ? error : "failed";
  }

  /**
   * Returns how many runs made how many requests to models: {@code Assistant.answer 2}, where two
   * requests were made. Runs that the application cancelled are left out.
   *
   * @param dump a snapshot with the gauges of runs
   */
  public Map<String, Integer> requests(Dump dump) {
    Map<String, Integer> calls = new TreeMap<>();
    for (JsonNode point : dump.root().path("points")) {
      JsonNode tags = point.path("tags");
      if (point.get("name").asString().equals("run.metric")
          && tags.path("metric_name").asString("").equals("calls")) {
        calls.put(tags.get("run_id").asString(), point.get("value").asInt());
      }
    }
    Map<String, Integer> requests = new TreeMap<>();
    for (JsonNode line : lines) {
      if (!ending(line).equals("cancelled")) {
        int number = calls.getOrDefault(line.get("run_id").asString(), 0);
        requests.merge(line.get("scenario").asString() + " " + number, 1, Integer::sum);
      }
    }
    return requests;
  }

  /** Returns the runs of a scenario. */
  public List<JsonNode> of(String scenario) {
    return lines.stream().filter(line -> line.get("scenario").asString().equals(scenario)).toList();
  }
}
