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

  /** Returns the runs of a scenario. */
  public List<JsonNode> of(String scenario) {
    return lines.stream().filter(line -> line.get("scenario").asString().equals(scenario)).toList();
  }
}
