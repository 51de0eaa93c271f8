package io.metricsagent.stub;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An API by which models are called. Stateless. */
interface Api extends ErrorFormat {
  /** Reads the body of a request. */
  ChatRequest parse(String body);

  /** Reads a request; in some APIs the address has the model and the method. */
  default ChatRequest parse(URI address, String body) {
    return parse(body);
  }

  /** Returns those tokens of an answer that this API can report. */
  default Usage usage(Usage usage) {
    return usage;
  }

  /**
   * Returns whether the answer to a request has token numbers, unless its script says otherwise.
   */
  default boolean tellsUsage(ChatRequest request) {
    return !request.stream() || request.streamUsage();
  }

  /** Makes the answer. */
  Reply reply(ChatRequest request, Usage usage);

  /** Returns headers of an answer that is not streamed. */
  default Map<String, String> headers(Usage usage) {
    return Map.of();
  }

  /** Returns the type of a streamed answer. */
  default String streamType() {
    return "text/event-stream";
  }

  /** Returns the bytes of an event of a stream. */
  default byte[] encode(String event) {
    return event.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code /v1/chat/completions}. */
  final class Completions implements Api {
    @Override
    public ChatRequest parse(String body) {
      return ChatRequest.parse(body);
    }

    @Override
    public Reply reply(ChatRequest request, Usage usage) {
      return new Answer(request, usage);
    }
  }

  /** {@code /openai/deployments/<model>/chat/completions}, Azure's form of the API. */
  final class Deployments implements Api {
    private static final int MODEL = 3;

    /** Returns the model in an address. */
    static String model(URI address) {
      return address.getPath().split("/")[MODEL];
    }

    @Override
    public ChatRequest parse(String body) {
      throw new IllegalArgumentException("the address is needed");
    }

    @Override
    public ChatRequest parse(URI address, String body) {
      ChatRequest request = ChatRequest.parse(body);
      return new ChatRequest(
          model(address),
          request.stream(),
          request.streamUsage(),
          request.script(),
          request.toolResults());
    }

    @Override
    public Reply reply(ChatRequest request, Usage usage) {
      return new Answer(request, usage);
    }
  }
}
