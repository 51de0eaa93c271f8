package io.metricsagent.stub;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Gemini's API in Vertex AI's form: {@code /v1/projects/…/models/<model>:generateContent}. A stream
 * is a JSON array, sent element by element.
 */
final class VertexApi implements Api {
  private final GeminiApi gemini = new GeminiApi();

  @Override
  public ChatRequest parse(String body) {
    return gemini.parse(body);
  }

  @Override
  public ChatRequest parse(URI address, String body) {
    return gemini.parse(address, body);
  }

  @Override
  public String streamType() {
    return "application/json";
  }

  @Override
  public String error(String type, String message) {
    return gemini.error(type, message);
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    Reply reply = gemini.reply(request, usage);
    return new Reply(request, usage) {
      @Override
      String body() {
        return reply.body();
      }

      @Override
      int framing() {
        return reply.framing();
      }

      @Override
      List<String> events() {
        List<String> elements = new ArrayList<>();
        for (String event : reply.events()) {
          String separator = elements.isEmpty() ? "[" : ",\r\n";
          elements.add(separator + event.substring("data: ".length()).strip());
        }
        int last = elements.size() - 1;
        elements.set(last, elements.get(last) + "]");
        return elements;
      }
    };
  }
}
