package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ollama's {@code /api/chat}: in a stream each piece is a line of JSON. It reports no cached
 * tokens.
 */
final class OllamaApi implements Api {
  @Override
  public ChatRequest parse(String body) {
    ChatRequest request = ChatRequest.parse(body);
    return new ChatRequest(
        request.model(), request.stream(), true, request.script(), request.toolResults());
  }

  @Override
  public Usage usage(Usage usage) {
    return new Usage(usage.prompt(), usage.completion(), 0);
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    return new Chat(request, usage);
  }

  @Override
  public String error(String type, String message) {
    return Json.write(Map.of("error", message));
  }

  private static final class Chat extends Reply {
    Chat(ChatRequest request, Usage usage) {
      super(request, usage);
    }

    @Override
    String body() {
      return line(toolCalls().isEmpty() ? text() : "", toolCallsJson(), true);
    }

    @Override
    int framing() {
      return 0;
    }

    @Override
    List<String> events() {
      List<String> events = new ArrayList<>();
      if (toolCalls().isEmpty()) {
        for (String piece : pieces()) {
          events.add(line(piece, List.of(), false));
        }
      } else {
        events.add(line("", toolCallsJson(), false));
      }
      events.add(line("", List.of(), true));
      return events.stream().map(event -> event + "\n").toList();
    }

    private List<Object> toolCallsJson() {
      List<Object> calls = new ArrayList<>();
      for (Script.ToolCall call : toolCalls()) {
        calls.add(Map.of("function", Map.of("name", call.name(), "arguments", call.arguments())));
      }
      return calls;
    }

    private String line(String text, List<Object> calls, boolean done) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("role", "assistant");
      message.put("content", text);
      if (!calls.isEmpty()) {
        message.put("tool_calls", calls);
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("model", request.model());
      json.put("created_at", "2026-01-01T00:00:00Z");
      json.put("message", message);
      json.put("done", done);
      if (done) {
        json.put("done_reason", "stop");
        json.put("prompt_eval_count", usage.prompt());
        json.put("eval_count", usage.completion());
      }
      return Json.write(json);
    }
  }
}
