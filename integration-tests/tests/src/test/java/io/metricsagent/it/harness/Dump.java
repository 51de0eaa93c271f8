package io.metricsagent.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A snapshot that the agent wrote to disk. */
public final class Dump implements Comparable<Dump> {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonNode root;

  private Dump(JsonNode root) {
    this.root = root;
  }

  static Dump read(Path file) {
    return new Dump(MAPPER.readTree(file.toFile()));
  }

  /** Returns the whole document. */
  public JsonNode root() {
    return root;
  }

  /** Returns all adapters. */
  public List<Adapter> adapters() {
    return elements("adapters").stream().map(Adapter::new).toList();
  }

  /** Returns all tools. */
  public List<Tool> tools() {
    return elements("tools").stream().map(Tool::new).toList();
  }

  /** Returns all mailboxes. */
  public List<Mailbox> mailboxes() {
    return elements("mailboxes").stream().map(Mailbox::new).toList();
  }

  /**
   * Returns all requests of the Model Context Protocol of one side, by method and tool, and the
   * sessions as {@code session}.
   */
  public Map<String, Mcp> mcp(String side) {
    Map<String, Mcp> requests = new LinkedHashMap<>();
    for (JsonNode series : elements("mcp")) {
      if (text(series, "side").equals(side)) {
        String tool = text(series, "tool_name");
        String method = series.path("method").asString("session");
        String name = method + (tool.isEmpty() ? "" : " " + tool);
        if (requests.put(name, new Mcp(series)) != null) {
          throw new AssertionError(name + " is there twice in " + root.path("mcp"));
        }
      }
    }
    return requests;
  }

  /** Returns the only adapter with this model and operation, of any provider. */
  public Adapter adapter(String model, String operation) {
    return new Adapter(
        only(
            "adapters",
            series ->
                text(series, "model").equals(model) && text(series, "operation").equals(operation),
            model + " " + operation));
  }

  /** Returns the one tool of this name. */
  public Tool tool(String name) {
    return new Tool(only("tools", series -> text(series, "tool_name").equals(name), name));
  }

  /** Returns the only mailbox of this queue, of any system. */
  public Mailbox mailbox(String queue) {
    return new Mailbox(
        only("mailboxes", series -> text(series, "queue_name").equals(queue), queue));
  }

  /** Returns the state of one instrumentation. */
  public Instrumentation instrumentation(String name) {
    JsonNode node = root.path("agent").path("instrumentations");
    for (JsonNode element : node) {
      if (text(element, "name").equals(name)) {
        return new Instrumentation(
            element.path("woven_methods").asLong(),
            element.path("skipped").asLong(),
            element.path("errors").asLong());
      }
    }
    throw new AssertionError("no instrumentation " + name + " in " + node);
  }

  /** Returns the number of faults of all instrumentations. */
  public long agentErrors() {
    long errors = 0;
    for (JsonNode element : root.path("agent").path("instrumentations")) {
      errors += element.path("errors").asLong();
    }
    return errors;
  }

  @Override
  public int compareTo(Dump other) {
    return Comparator.comparing((Dump dump) -> text(dump.root, "captured_at")).compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dump dump && root.equals(dump.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return root.toPrettyString();
  }

  /** The state of an instrumentation's rules. */
  public record Instrumentation(long wovenMethods, long skipped, long errors) {}

  /** A histogram in milliseconds. */
  public record Latency(long count, double sum, double min, double max) {
    private static Latency of(JsonNode series, String field) {
      JsonNode node = series.path(field);
      return new Latency(
          node.path("total_count").asLong(),
          node.path("total_sum").asDouble(),
          node.path("min").asDouble(0),
          node.path("max").asDouble(0));
    }

    /** Returns the sum in nanoseconds, which can be added without rounding. */
    public long sumNanos() {
      return Math.round(sum * 1e6);
    }
  }

  /** A series of adapter calls. */
  public record Adapter(JsonNode json) {
    /** Returns the provider. */
    public String name() {
      return text(json, "adapter");
    }

    /** Returns a field that counts, such as {@code request_count}. */
    public long count(String field) {
      return number(json, field);
    }

    /** Returns a phase, such as {@code call_latency}. */
    public Latency latency(String field) {
      return Latency.of(json, field);
    }

    /** Returns the time of render, call and parse together, in milliseconds. */
    public double phases() {
      return latency("render_latency").sum()
          + latency("call_latency").sum()
          + latency("parse_latency").sum();
    }

    /** Returns the time that is in no phase, in milliseconds: the waits between attempts. */
    public double waits() {
      return latency("total_latency").sum() - phases();
    }

    /** Returns the number of errors by type. */
    public Map<String, Long> errorTypes() {
      return counts(json, "error_types");
    }
  }

  /** A series of tool calls. */
  public record Tool(JsonNode json) {
    /** Returns the tool's name. */
    public String name() {
      return text(json, "tool_name");
    }

    /** Returns a field that counts, such as {@code call_count}. */
    public long count(String field) {
      return number(json, field);
    }

    /** Returns its latency. */
    public Latency latency() {
      return Latency.of(json, "latency");
    }

    /** Returns the number of failures by code. */
    public Map<String, Long> errorCodes() {
      return counts(json, "error_codes");
    }
  }

  /** A series of requests of the Model Context Protocol. */
  public record Mcp(JsonNode json) {
    /** Returns the number of requests. */
    public long requests() {
      return number(json, "request_count");
    }

    /** Returns the duration of the requests. */
    public Latency duration() {
      return Latency.of(json, "duration");
    }

    /** Returns the number of failures by type. */
    public Map<String, Long> errorTypes() {
      return counts(json, "error_types");
    }
  }

  /** A series of messages. */
  public record Mailbox(JsonNode json) {
    /** Returns the messaging system. */
    public String system() {
      return text(json, "system");
    }

    /** Returns a field that counts, such as {@code messages_acked}. */
    public long count(String field) {
      return number(json, field);
    }

    /** Returns the age of messages. */
    public Latency lag() {
      return Latency.of(json, "queue_lag");
    }

    /** Returns how many operations of a kind were timed, such as {@code settle}. */
    public long timed(String operation) {
      return Latency.of(json, operation + "_duration").count();
    }

    /** Returns how many messages were delivered the first time, the second time and so on. */
    public List<Long> deliveries() {
      List<Long> counts = new ArrayList<>();
      json.path("delivery_count_dist").forEach(count -> counts.add(count.asLong()));
      return counts;
    }
  }

  private List<JsonNode> elements(String field) {
    List<JsonNode> elements = new ArrayList<>();
    root.path(field).forEach(elements::add);
    return elements;
  }

  private JsonNode only(String field, Predicate<JsonNode> wanted, String what) {
    List<JsonNode> found = elements(field).stream().filter(wanted).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " of " + field + " are " + what + " in " + root.path(field));
    }
    return found.get(0);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()) {
      throw new AssertionError(field + " is " + value + " in " + node);
    }
    return value.asLong();
  }

  private static Map<String, Long> counts(JsonNode node, String field) {
    Map<String, Long> counts = new LinkedHashMap<>();
    node.path(field).properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
  }
}
