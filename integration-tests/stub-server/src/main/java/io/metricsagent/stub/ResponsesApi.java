package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/responses}. */
final class ResponsesApi implements Api {
  @Override
  @SuppressWarnings("unchecked") // the shapes are those of the API; another one ends in a 400
  public ChatRequest parse(String body) {
    Map<String, Object> json = (Map<String, Object>) Json.read(body);
    String prompt = "";
    List<String> toolResults = new ArrayList<>();
    if (json.get("input") instanceof List<?> items) {
      for (Object element : items) {
        Map<String, Object> item = (Map<String, Object>) element;
        if ("function_call_output".equals(item.get("type"))) {
          toolResults.add(ChatRequest.text(item.get("output")));
        } else if ("user".equals(item.get("role"))) {
          prompt = ChatRequest.text(item.get("content"));
          toolResults.clear();
        }
      }
    } else {
      prompt = (String) json.get("input");
    }
    return new ChatRequest(
        (String) json.get("model"),
        Boolean.TRUE.equals(json.get("stream")),
        true,
        Script.parse(prompt),
        toolResults);
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    return new Response(request, usage);
  }

  private static final class Response extends Reply {
    Response(ChatRequest request, Usage usage) {
      super(request, usage);
    }

    @Override
    String body() {
      return Json.write(json("completed"));
    }

    @Override
    int framing() {
      return 2;
    }

    @Override
    List<String> events() {
      List<String> events = new ArrayList<>();
      events.add(event("response.created", "response", json("in_progress")));
      events.add(event("response.in_progress", "response", json("in_progress")));
      for (String piece : pieces()) {
        events.add(event("response.output_text.delta", "delta", piece));
      }
      events.add(event("response.completed", "response", json("completed")));
      return events;
    }

    @Override
    String limit() {
      if (request.script().fault() == Script.Fault.LIMIT_FAILED) {
        Map<String, Object> failed = json("failed");
        failed.put("error", Map.of("code", "rate_limit_exceeded", "message", "Rate limit reached"));
        return event("response.failed", "response", failed);
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("type", "error");
      json.put("sequence_number", 3L);
      json.put("code", "rate_limit_exceeded");
      json.put("message", "Rate limit reached");
      json.put("param", null);
      return "event: error\ndata: " + Json.write(json) + "\n\n";
    }

    private static String event(String type, String field, Object value) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("type", type);
      json.put("sequence_number", 0L);
      json.put("item_id", "msg_1");
      json.put("output_index", 0L);
      json.put("content_index", 0L);
      json.put("logprobs", List.of());
      json.put(field, value);
      return "event: " + type + "\ndata: " + Json.write(json) + "\n\n";
    }

    private Map<String, Object> json(String status) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", "resp_" + usage.prompt());
      json.put("object", "response");
      json.put("created_at", 1_700_000_000L);
      json.put("status", status);
      json.put("error", null);
      json.put("incomplete_details", null);
      json.put("instructions", null);
      json.put("metadata", Map.of());
      if (!request.script().bare()) {
        json.put("model", request.model() + "-2026-01-01");
      }
      json.put("output", status.equals("completed") ? output() : List.of());
      json.put("parallel_tool_calls", true);
      json.put("temperature", 1.0);
      json.put("tool_choice", "auto");
      json.put("tools", List.of());
      json.put("top_p", 1.0);
      if (status.equals("completed") && request.script().reportsUsage()) {
        json.put("usage", usage.toResponseJson());
      }
      return json;
    }

    private List<Object> output() {
      List<Object> output = new ArrayList<>();
      for (Script.ToolCall call : toolCalls()) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("type", "function_call");
        item.put("id", "fc_" + output.size());
        item.put("call_id", "call_" + usage.prompt() + "_" + output.size());
        item.put("name", call.name());
        item.put("arguments", Json.write(call.arguments()));
        item.put("status", "completed");
        output.add(item);
      }
      if (output.isEmpty()) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "output_text");
        text.put("text", text());
        text.put("annotations", List.of());
        text.put("logprobs", List.of());
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("type", "message");
        item.put("id", "msg_1");
        item.put("role", "assistant");
        item.put("status", "completed");
        item.put("content", List.of(text));
        output.add(item);
      }
      return output;
    }
  }
}
