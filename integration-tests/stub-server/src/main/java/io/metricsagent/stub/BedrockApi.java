package io.metricsagent.stub;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Amazon Bedrock's {@code /model/<model>/converse}, {@code converse-stream}, {@code invoke} and
 * {@code invoke-with-response-stream}. Models that are invoked have the same requests as in {@code
 * converse}.
 */
final class BedrockApi implements Api {
  private static final int STRING = 7;

  /**
   * The tokens of each request that are written to a cache; they are reported separately, like
   * those read from it.
   */
  private static final long WRITTEN = 9;

  /** The prefix of the names of models whose input tokens include cached ones. */
  private static final String INCLUSIVE = "inclusive";

  private static String action(URI address) {
    return address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
  }

  /** Returns the model in an address. */
  static String model(URI address) {
    String[] path = address.getPath().split("/", -1);
    return path[path.length - 2];
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
    for (Object element : (List<Object>) json.get("messages")) {
      Map<String, Object> message = (Map<String, Object>) element;
      for (Object part : (List<Object>) message.get("content")) {
        Map<String, Object> block = (Map<String, Object>) part;
        if (block.get("toolResult") instanceof Map<?, ?> result) {
          toolResults.add(ChatRequest.text(result.get("content")));
        } else if ("user".equals(message.get("role"))) {
          prompt = (String) block.get("text");
          toolResults.clear();
        }
      }
    }
    return new ChatRequest(
        model(address),
        action(address).endsWith("stream"),
        !action(address).startsWith("invoke"),
        Script.parse(prompt),
        toolResults);
  }

  /** Token numbers are always reported: for an invoked model, at the end of the last chunk. */
  @Override
  public boolean tellsUsage(ChatRequest request) {
    return true;
  }

  @Override
  public Reply reply(ChatRequest request, Usage usage) {
    return new Message(request, usage);
  }

  @Override
  public Map<String, String> headers(Usage usage) {
    return Map.of(
        "X-Amzn-Bedrock-Input-Token-Count",
        Long.toString(usage.prompt() - usage.cached() - WRITTEN),
        "X-Amzn-Bedrock-Output-Token-Count",
        Long.toString(usage.completion()),
        "X-Amzn-Bedrock-Cache-Read-Input-Token-Count",
        Long.toString(usage.cached()),
        "X-Amzn-Bedrock-Cache-Write-Input-Token-Count",
        Long.toString(WRITTEN));
  }

  @Override
  public String error(String type, String message) {
    String name = type.startsWith("rate_limit") ? "ThrottlingException" : "InternalServerException";
    return Json.write(Map.of("__type", name, "message", message));
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  /** An event is its type, a line break and its JSON: a frame of the encoding has both. */
  @Override
  public byte[] encode(String event) {
    int line = event.indexOf('\n');
    byte[] payload = event.substring(line + 1).getBytes(StandardCharsets.UTF_8);
    try {
      ByteArrayOutputStream headers = new ByteArrayOutputStream();
      DataOutputStream header = new DataOutputStream(headers);
      header(header, ":message-type", "event");
      header(header, ":event-type", event.substring(0, line));
      header(header, ":content-type", "application/json");
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(message);
      out.writeInt(16 + headers.size() + payload.length);
      out.writeInt(headers.size());
      out.writeInt(checksum(message));
      out.write(headers.toByteArray());
      out.write(payload);
      out.writeInt(checksum(message));
      return message.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void header(DataOutputStream out, String name, String value) throws IOException {
    out.writeByte(name.length());
    out.writeBytes(name);
    out.writeByte(STRING);
    out.writeShort(value.length());
    out.writeBytes(value);
  }

  private static int checksum(ByteArrayOutputStream soFar) {
    CRC32 crc = new CRC32();
    crc.update(soFar.toByteArray());
    return (int) crc.getValue();
  }

  private static final class Message extends Reply {
    Message(ChatRequest request, Usage usage) {
      super(request, usage);
    }

    @Override
    String body() {
      List<Object> content = new ArrayList<>();
      for (Script.ToolCall call : toolCalls()) {
        content.add(
            Map.of(
                "toolUse",
                Map.of("toolUseId", "use_1", "name", call.name(), "input", call.arguments())));
      }
      if (content.isEmpty()) {
        content.add(Map.of("text", text()));
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("output", Map.of("message", Map.of("role", "assistant", "content", content)));
      json.put("stopReason", toolCalls().isEmpty() ? "end_turn" : "tool_use");
      json.put("usage", usageJson());
      json.put("metrics", Map.of("latencyMs", 1L));
      return Json.write(json);
    }

    private Map<String, Object> usageJson() {
      return Map.of(
          "inputTokens",
          request.model().startsWith(INCLUSIVE)
              ? usage.prompt()
              : usage.prompt() - usage.cached() - WRITTEN,
          "outputTokens",
          usage.completion(),
          "totalTokens",
          usage.prompt() + usage.completion(),
          "cacheReadInputTokens",
          usage.cached(),
          "cacheWriteInputTokens",
          WRITTEN);
    }

    @Override
    int framing() {
      return request.streamUsage() ? 1 : 0;
    }

    @Override
    List<String> events() {
      List<String> events = new ArrayList<>();
      if (!request.streamUsage()) { // of invoke: chunks of base64
        for (String piece : pieces()) {
          events.add(chunk(Map.of("text", piece)));
        }
        Map<String, Object> last = new LinkedHashMap<>();
        last.put("type", "end");
        last.put("amazon-bedrock-invocationMetrics", metrics()); // after the model's own fields
        events.add(chunk(last));
        return events;
      }
      events.add(event("messageStart", Map.of("role", "assistant")));
      for (String piece : pieces()) {
        events.add(
            event(
                "contentBlockDelta",
                Map.of("contentBlockIndex", 0L, "delta", Map.of("text", piece))));
      }
      events.add(event("contentBlockStop", Map.of("contentBlockIndex", 0L)));
      events.add(event("messageStop", Map.of("stopReason", "end_turn")));
      events.add(
          event("metadata", Map.of("usage", usageJson(), "metrics", Map.of("latencyMs", 1L))));
      return events;
    }

    private Map<String, Object> metrics() {
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("inputTokenCount", usage.prompt() - usage.cached() - WRITTEN);
      metrics.put("outputTokenCount", usage.completion());
      metrics.put("invocationLatency", 400L);
      metrics.put("firstByteLatency", 40L);
      metrics.put("cacheReadInputTokenCount", usage.cached());
      metrics.put("cacheWriteInputTokenCount", WRITTEN);
      return metrics;
    }

    private static String chunk(Map<String, Object> body) {
      byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
      return event("chunk", Map.of("bytes", Base64.getEncoder().encodeToString(bytes)));
    }

    private static String event(String type, Map<String, Object> json) {
      return type + "\n" + Json.write(json);
    }
  }
}
