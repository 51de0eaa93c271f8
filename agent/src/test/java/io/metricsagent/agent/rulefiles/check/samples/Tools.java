package io.metricsagent.agent.rulefiles.check.samples;

import java.util.List;
import java.util.Optional;

/** What runs tools. */
public class Tools {
  /** How a tool ended. */
  public enum Status {
    OPEN,
    DONE,
    FAILED
  }

  /** A call of a tool. */
  public record ToolCall(String tool, int depth) {}

  /** What cannot be read. */
  public static class Closed {
    String id = "1";
  }

  /** What a tool returns. */
  public static class Result {
    public Optional<Status> status() {
      return Optional.of(Status.DONE);
    }
  }

  public Result run(ToolCall call) {
    return new Result();
  }

  public String take(Closed closed, List<String> texts, long[] numbers, Status status) {
    return "";
  }

  public Result find(String text) {
    return new Result();
  }

  public String find(String text, int limit) {
    return "";
  }
}
