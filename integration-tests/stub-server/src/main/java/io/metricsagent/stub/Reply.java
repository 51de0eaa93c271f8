package io.metricsagent.stub;

import java.util.List;

/** The answer to a request, as one body or as the pieces of a stream, in the format of one API. */
abstract class Reply {
  final ChatRequest request;
  final Usage usage;

  Reply(ChatRequest request, Usage usage) {
    this.request = request;
    this.usage = usage;
  }

  /**
   * Returns the tools that the answer asks for: those of the script, until the request has a tool's
   * result.
   */
  final List<Script.ToolCall> toolCalls() {
    return request.toolResults().isEmpty() ? request.script().toolCalls() : List.of();
  }

  final String text() {
    return request.toolResults().isEmpty()
        ? "Answer to: " + request.script().prompt()
        : "The tools say: " + String.join(", ", request.toolResults());
  }

  final String[] pieces() {
    return text().split("(?<= )");
  }

  /** Returns the body of an answer that is not streamed. */
  abstract String body();

  /** Returns how many events of a stream come before its first piece. */
  abstract int framing();

  /** Returns the event by which a stream reports a rate limit. */
  String limit() {
    throw new UnsupportedOperationException("this API tells of limits by its status");
  }

  /** Returns the events of a stream as they are sent, in order. */
  abstract List<String> events();
}
