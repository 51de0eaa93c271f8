package io.metricsagent.agent.rulefiles.check.samples;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An adapter as applications have one. */
public interface Adapter {
  /** A request. */
  record Request(String model, Map<String, Object> options, List<Part> parts) {}

  /** A part of a request. */
  record Part(String text) {}

  /** A response. */
  class Response {
    public final String finish = "stop";

    public Usage getUsage() {
      return new Usage();
    }

    public Map<String, Map<String, Long>> raw() {
      return Map.of();
    }

    public Object anything() {
      return "";
    }

    String hidden() {
      return "";
    }
  }

  /** Tokens. */
  class Usage {
    public int getInputTokens() {
      return 1;
    }

    public Long outputTokens() {
      return 2L;
    }
  }

  /** A failure. */
  class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public int statusCode() {
      return 429;
    }
  }

  String provider();

  Response evaluate(Request request);

  CompletableFuture<? extends Response> evaluateAsync(Request request);

  default void close(long timeout) {}
}
