package io.metricsagent.stub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parts of a request to {@code /chat/completions} that the server looks at.
 *
 * @param script what the last user message asks for
 * @param toolResults contents of the tool messages after the last user message
 * @param streamUsage whether the client wants a usage chunk at the end of the stream
 */
record ChatRequest(
    String model, boolean stream, boolean streamUsage, Script script, List<String> toolResults) {

  @SuppressWarnings("unchecked") // the shapes are those of the API; another one ends in a 400
  static ChatRequest parse(String body) {
    Map<String, Object> json = (Map<String, Object>) Json.read(body);
    Object streamOptions = json.get("stream_options");
    String prompt = "";
    List<String> toolResults = new ArrayList<>();
    for (Object element : (List<Object>) json.get("messages")) {
      Map<String, Object> message = (Map<String, Object>) element;
      if ("user".equals(message.get("role"))) {
        prompt = text(message.get("content"));
        toolResults.clear();
      } else if ("tool".equals(message.get("role"))) {
        toolResults.add(text(message.get("content")));
      }
    }
    return new ChatRequest(
        (String) json.get("model"),
        Boolean.TRUE.equals(json.get("stream")),
        streamOptions instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("include_usage")),
        Script.parse(prompt),
        toolResults);
  }

  /** A content is a string, or a list of parts. */
  static String text(Object content) {
    if (content instanceof List<?> parts) {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(((Map<?, ?>) part).get("text")));
      return text.toString();
    }
    return (String) content;
  }
}
