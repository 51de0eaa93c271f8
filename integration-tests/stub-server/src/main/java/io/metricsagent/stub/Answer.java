package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer of {@code /v1/chat/completions}. */
final class Answer extends Reply {
  Answer(ChatRequest request, Usage usage) {
    super(request, usage);
  }

  @Override
  String body() {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", toolCalls().isEmpty() ? text() : null);
    if (!toolCalls().isEmpty()) {
      message.put("tool_calls", toolCallsJson());
    }
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("finish_reason", finishReason());
    return Json.write(
        envelope("chat.completion", List.of(choice), request.script().reportsUsage()));
  }

  @Override
  int framing() {
    return 1;
  }

  /**
   * Returns the events of a stream in order: role, pieces, finish, and usage if it was asked for.
   */
  @Override
  List<String> events() {
    List<String> events = new ArrayList<>();
    events.add(event(Map.of("role", "assistant", "content", ""), null));
    if (toolCalls().isEmpty()) {
      for (String piece : pieces()) {
        events.add(event(Map.of("content", piece), null));
      }
    } else {
      events.add(event(Map.of("tool_calls", toolCallsJson()), null));
    }
    events.add(event(Map.of(), finishReason()));
    if (request.streamUsage() && request.script().reportsUsage()) {
      events.add(Json.write(envelope("chat.completion.chunk", List.of(), true)));
    }
    events.add("[DONE]");
    return events.stream().map(event -> "data: " + event + "\n\n").toList();
  }

  @Override
  String limit() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", "Rate limit reached");
    error.put("type", "tokens");
    error.put("param", null);
    error.put("code", "rate_limit_exceeded");
    return "data: " + Json.write(Map.of("error", error)) + "\n\n";
  }

  private String finishReason() {
    return toolCalls().isEmpty() ? "stop" : "tool_calls";
  }

  private List<Object> toolCallsJson() {
    List<Object> calls = new ArrayList<>();
    for (Script.ToolCall call : toolCalls()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("index", calls.size());
      json.put("id", "call_" + usage.prompt() + "_" + calls.size());
      json.put("type", "function");
      json.put("function", Map.of("name", call.name(), "arguments", Json.write(call.arguments())));
      calls.add(json);
    }
    return calls;
  }

  private String event(Map<String, Object> delta, String finishReason) {
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finishReason);
    return Json.write(envelope("chat.completion.chunk", List.of(choice), false));
  }

  private Map<String, Object> envelope(String object, List<Object> choices, boolean withUsage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", "chatcmpl-" + usage.prompt());
    json.put("object", object);
    if (!request.script().bare()) {
      json.put("created", 1_700_000_000L);
      json.put("model", request.model() + "-2026-01-01");
    }
    json.put("choices", choices);
    if (withUsage) {
      json.put("usage", usage.toChatJson());
    }
    return json;
  }
}
