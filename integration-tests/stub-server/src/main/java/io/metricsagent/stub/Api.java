package io.metricsagent.stub;

/** An API that models are called by. Stateless. */
interface Api {
  /** Reads the body of a request. */
  ChatRequest parse(String body);

  /** Returns what the API can tell of the tokens of an answer. */
  default Usage usage(Usage usage) {
    return usage;
  }

  /** Makes the answer. */
  Reply reply(ChatRequest request, Usage usage);

  /** Returns the body of an error. */
  default String error(String type, String message) {
    return StubServer.errorJson(type, message);
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
}
