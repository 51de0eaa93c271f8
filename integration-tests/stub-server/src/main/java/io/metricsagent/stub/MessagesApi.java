package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Anthropic's {@code /v1/messages}. */
final class MessagesApi implements Api {
  @Override
  @SuppressWarnings("unchecked") // the shapes are those of the API; another one ends in a 400
  public ChatRequest parse(String body) {
    Map<String, Object> json = (Map<String, Object>) Json.read(body);
    String prompt = "";
    List<String> toolResults = new ArrayList<>();
    for (Object element : (List<Object>) json.get("messages")) {
      Map<String, Object> message = (Map<String, Object>) element;
      if (!"user".equals(message.get("role"))) {
        continue;
      }
      List<String> results = toolResults(message.get("content"));
      if (results.isEmpty()) {
        prompt = ChatRequest.text(message.get("content"));
        toolResults.clear();
      } else {
        toolResults.addAll(results);
      }
    }
    return new ChatRequest(
        (String) json.get("model"),
        Boolean.TRUE.equals(json.get("stream")),
        true,
        Script.parse(prompt),
        toolResults);
  }

  private static List<String> toolResults(Object content) {
    List<String> results = new ArrayList<>();
    if (content instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> map && "tool_result".equals(map.get("type"))) {
          results.add(ChatRequest.text(map.get("content")));
        }
      }
    }
    return results;
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    return new Message(request, usage);
  }

  @Override
  public String error(String type, String message) {
    return Json.write(Map.of("type", "error", "error", Map.of("type", type, "message", message)));
  }

  private static final class Message extends Reply {
    Message(ChatRequest request, Usage usage) {
      super(request, usage);
    }

    @Override
    String body() {
      return Json.write(json(content(), stopReason(), usage.toMessageJson(usage.completion())));
    }

    @Override
    int framing() {
      return 2;
    }

    /** Several events report output tokens, each the number so far. */
    @Override
    List<String> events() {
      List<String> events = new ArrayList<>();
      events.add(event("message_start", "message", json(List.of(), null, usage.toMessageJson(1))));
      int index = 0;
      for (Object block : content()) {
        Map<?, ?> whole = (Map<?, ?>) block;
        boolean text = "text".equals(whole.get("type"));
        Map<String, Object> empty = new LinkedHashMap<>();
        whole.forEach((key, value) -> empty.put((String) key, value));
        empty.put(text ? "text" : "input", text ? "" : Map.of());
        events.add(event("content_block_start", "index", (long) index, "content_block", empty));
        if (text) {
          for (String piece : pieces()) {
            events.add(delta(index, Map.of("type", "text_delta", "text", piece)));
          }
        } else {
          String json = Json.write(whole.get("input"));
          events.add(delta(index, Map.of("type", "input_json_delta", "partial_json", json)));
        }
        events.add(event("content_block_stop", "index", (long) index));
        index++;
      }
      Map<String, Object> stop = new LinkedHashMap<>();
      stop.put("stop_reason", stopReason());
      stop.put("stop_sequence", null);
      events.add(
          event(
              "message_delta",
              "delta",
              stop,
              "usage",
              request.script().terse()
                  ? Map.of("output_tokens", usage.completion())
                  : usage.toMessageJson(usage.completion())));
      events.add(event("message_stop"));
      return events;
    }

    @Override
    String limit() {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("type", "rate_limit_error");
      error.put("message", "Rate limit reached");
      return event("error", "error", error);
    }

    private static String delta(int index, Map<String, Object> delta) {
      return event("content_block_delta", "index", (long) index, "delta", delta);
    }

    private static String event(String type, Object... fields) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("type", type);
      for (int i = 0; i < fields.length; i += 2) {
        json.put((String) fields[i], fields[i + 1]);
      }
      return "event: " + type + "\ndata: " + Json.write(json) + "\n\n";
    }

    private String stopReason() {
      return toolCalls().isEmpty() ? "end_turn" : "tool_use";
    }

    private List<Object> content() {
      List<Object> content = new ArrayList<>();
      for (Script.ToolCall call : toolCalls()) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "tool_use");
        block.put("id", "toolu_" + usage.prompt() + "_" + content.size());
        block.put("name", call.name());
        block.put("input", call.arguments());
        content.add(block);
      }
      if (content.isEmpty()) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "text");
        block.put("text", text());
        block.put("citations", null);
        content.add(block);
      }
      return content;
    }

    private Map<String, Object> json(
        List<Object> content, String stopReason, Map<String, Object> tokens) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("id", "msg_" + usage.prompt());
      json.put("type", "message");
      json.put("role", "assistant");
      if (!request.script().bare()) {
        json.put("model", request.model() + "-2026-01-01");
      }
      json.put("content", content);
      json.put("stop_reason", stopReason);
      json.put("stop_sequence", null);
      if (request.script().reportsUsage()) {
        json.put("usage", tokens);
      }
      return json;
    }
  }
}
