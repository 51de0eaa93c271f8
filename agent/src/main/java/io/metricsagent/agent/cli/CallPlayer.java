package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Plays calls, each a JSON object with the names of the metrics specification's protocol. */
final class CallPlayer {
  private static final Map<String, Set<String>> FIELDS = fields();

  private final ReplayRecorder recorder;
  private final Map<String, Integer> played = new LinkedHashMap<>();
  private final Set<String> unknownFields = new TreeSet<>();

  CallPlayer(ReplayRecorder recorder) {
    this.recorder = recorder;
    FIELDS.keySet().forEach(op -> played.put(op, 0));
  }

  private static Map<String, Set<String>> fields() {
    Map<String, Set<String>> fields = new LinkedHashMap<>();
    fields.put(
        "adapter",
        Set.of(
            "adapter",
            "model",
            "operation",
            "render_ms",
            "call_ms",
            "parse_ms",
            "tool_ms",
            "usage",
            "error",
            "throttled",
            "experiment"));
    fields.put("tool", Set.of("tool", "latency_ms", "success", "error_code", "experiment"));
    fields.put("received", Set.of("queue", "system", "delivery_count", "age_ms"));
    fields.put("ack", Set.of("queue", "system"));
    fields.put("nack", Set.of("queue", "system"));
    fields.put("expired", Set.of("queue", "system"));
    fields.put("dead_letter", Set.of("queue", "system"));
    fields.put("depth", Set.of("queue", "system", "depth"));
    return fields;
  }

  /** Returns the number of calls played, by {@code op}, in the order of the protocol. */
  Map<String, Integer> played() {
    return played;
  }

  /**
   * Plays one call.
   *
   * @param problems gets a message for each field that is wrong in a call that is played
   * @throws BadCallException if the call cannot be played; nothing is recorded then
   */
  void play(JsonNode call, Consumer<String> problems) throws BadCallException {
    if (!call.isObject()) {
      throw new BadCallException("the line is not a JSON object");
    }
    CallFields fields = new CallFields(call, problems);
    String op = fields.requiredText("op");
    switch (op) {
      case "adapter" -> adapter(fields);
      case "tool" -> tool(fields);
      case "received" -> {
        String queue = fields.requiredText("queue");
        long deliveries = fields.count("delivery_count", 1);
        recorder
            .mailbox(queue, fields.text("system"))
            .recordReceived(deliveries, fields.nanos("age_ms"));
      }
      case "ack" -> mailbox(fields).recordAcked(1);
      case "nack" -> mailbox(fields).recordNacked(1);
      case "expired" -> mailbox(fields).recordExpired(1);
      case "dead_letter" -> mailbox(fields).recordDeadLettered(1);
      case "depth" -> {
        long depth = fields.count("depth", 0);
        if (depth == CallFields.UNKNOWN) {
          throw new BadCallException("the field depth has no value; write a whole number from 0");
        }
        mailbox(fields).recordDepth(depth);
      }
      default ->
          throw new BadCallException(
              "unknown op \"" + op + "\"; write one of " + String.join(", ", FIELDS.keySet()));
    }
    played.merge(op, 1, Integer::sum);
    reportUnknownFields(op, call, problems);
  }

  private void adapter(CallFields fields) throws BadCallException {
    String adapter = fields.requiredText("adapter");
    long render = fields.nanos("render_ms");
    long call = fields.nanos("call_ms");
    long parse = fields.nanos("parse_ms");
    long tool = fields.nanos("tool_ms");
    if (render < 0 && call < 0 && parse < 0 && tool < 0) {
      throw new BadCallException(
          "no duration is known; write at least one of render_ms, call_ms, parse_ms, tool_ms");
    }
    CallFields usage = fields.object("usage");
    long input = usage.count("input_tokens", 0);
    long output = usage.count("output_tokens", 0);
    long cached = usage.count("cached_tokens", 0);
    AdapterMetrics series =
        recorder.adapter(
            adapter, fields.text("model"), fields.text("operation"), fields.text("experiment"));
    if (Boolean.TRUE.equals(fields.bool("throttled"))) {
      series.recordThrottle();
    }
    long total = known(render) + known(call) + known(parse) + known(tool);
    series.record(
        render,
        call,
        parse,
        tool,
        AdapterMetrics.UNKNOWN,
        total,
        input,
        output,
        cached,
        fields.code("error"));
  }

  private static long known(long nanos) {
    return Math.max(0, nanos);
  }

  private void tool(CallFields fields) throws BadCallException {
    String tool = fields.requiredText("tool");
    long latency = fields.requiredNanos("latency_ms");
    Boolean success = fields.bool("success");
    if (success == null) {
      throw new BadCallException("the field success has no value; write true or false");
    }
    ToolMetrics series = recorder.tool(tool, fields.text("experiment"));
    if (success) {
      series.recordSuccess(latency);
    } else {
      series.recordFailure(latency, fields.code("error_code"));
    }
  }

  private MailboxMetrics mailbox(CallFields fields) throws BadCallException {
    return recorder.mailbox(fields.requiredText("queue"), fields.text("system"));
  }

  /** Reports each field that is not read, once per name: most likely the name is misspelt. */
  private void reportUnknownFields(String op, JsonNode call, Consumer<String> problems) {
    for (String name : call.propertyNames()) {
      if (!name.equals("op")
          && !FIELDS.get(op).contains(name)
          && unknownFields.add(op + "." + name)) {
        problems.accept(
            "the field " + name + " of " + op + " is unknown; it is ignored from here on");
      }
    }
  }
}
