package io.metricsagent.stub;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gemini's {@code generateContent} and {@code streamGenerateContent}. */
final class GeminiApi implements Api {
  /** Returns the model in an address. */
  static String model(URI address) {
    String path = address.getPath();
    return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
  }

  /** Returns the method in an address. */
  static String method(URI address) {
    return address.getPath().substring(address.getPath().lastIndexOf(':') + 1);
  }

  @Override
  public ChatRequest parse(String body) {
    throw new IllegalArgumentException("the address is needed");
  }

  @Override
  @SuppressWarnings("unchecked") // the shapes are those of the API; another one ends in a 400
  public ChatRequest parse(URI address, String body) {
    Map<String, Object> json = (Map<String, Object>) Json.read(body);
    String prompt = "";
    List<String> toolResults = new ArrayList<>();
    for (Object element : (List<Object>) json.get("contents")) {
      Map<String, Object> content = (Map<String, Object>) element;
      for (Object part : (List<Object>) content.get("parts")) {
        Map<String, Object> fields = (Map<String, Object>) part;
        if (fields.containsKey("functionResponse")) {
          toolResults.add(Json.write(fields.get("functionResponse")));
        } else if ("user".equals(content.get("role"))
            && fields.get("text") instanceof String text) {
          prompt = text;
          toolResults.clear();
        }
      }
    }
    return new ChatRequest(
        model(address),
        method(address).equals("streamGenerateContent"),
        true,
        Script.parse(prompt),
        toolResults);
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    return new Content(request, usage);
  }

  @Override
  public String error(String type, String message) {
    boolean throttle = type.startsWith("rate_limit");
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", throttle ? 429L : 500L);
    error.put("message", message);
    error.put("status", throttle ? "RESOURCE_EXHAUSTED" : "INTERNAL");
    return Json.write(Map.of("error", error));
  }

  private static final class Content extends Reply {
    Content(ChatRequest request, Usage usage) {
      super(request, usage);
    }

    @Override
    String body() {
      List<Object> parts = new ArrayList<>();
      for (Script.ToolCall call : toolCalls()) {
        parts.add(Map.of("functionCall", Map.of("name", call.name(), "args", call.arguments())));
      }
      if (parts.isEmpty()) {
        parts.add(Map.of("text", text()));
      }
      return Json.write(response(parts, true, usage.completion()));
    }

    @Override
    int framing() {
      return 1;
    }

    /** Each event has the token numbers so far; the first event has a role and no text. */
    @Override
    List<String> events() {
      List<String> events = new ArrayList<>();
      events.add(event(Json.write(response(List.of(Map.of("text", "")), false, 2))));
      if (toolCalls().isEmpty()) {
        String[] pieces = pieces();
        for (int i = 0; i < pieces.length; i++) {
          boolean last = i == pieces.length - 1;
          events.add(
              event(
                  Json.write(
                      response(
                          List.of(Map.of("text", pieces[i])),
                          last,
                          last ? usage.completion() : 3))));
        }
      } else {
        events.add(event(body()));
      }
      return events;
    }

    private static String event(String json) {
      return "data: " + json + "\r\n\r\n";
    }

    private Map<String, Object> response(List<Object> parts, boolean last, long outputSoFar) {
      Map<String, Object> candidate = new LinkedHashMap<>();
      candidate.put("content", Map.of("role", "model", "parts", parts));
      candidate.put("index", 0L);
      if (last) {
        candidate.put("finishReason", "STOP");
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("candidates", List.of(candidate));
      if (request.script().reportsUsage()) {
        json.put("usageMetadata", usage.toContentJson(outputSoFar));
      }
      json.put("modelVersion", request.model() + "-001");
      json.put("responseId", "response-" + usage.prompt());
      return json;
    }
  }
}
