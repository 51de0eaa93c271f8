package com.example.work;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An adapter with phases. A word of the prompt says how a call ends. */
final class AcmeAdapter implements Adapter {
  private static final int REFUSED = 429;

  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final ToolExecutor tools;
  private final Ledger ledger;

  AcmeAdapter(ToolExecutor tools, Ledger ledger) {
    this.tools = tools;
    this.ledger = ledger;
  }

  @Override
  public String provider() {
    return "acme";
  }

  @Override
  public Result evaluate(Request request) {
    ledger.add(series(request) + "total_latency.total_count", 1);
    ledger.add(series(request) + "request_count", 1);
    String prompt = timed(request, "render_latency", () -> render(request));
    String text;
    try {
      text = timed(request, "call_latency", () -> call(request, prompt));
    } catch (ThrottledException e) {
      ledger.add(series(request) + "throttle_count", e.getStatusCode() == REFUSED ? 1 : 0);
      failed(request, ThrottledException.class.getName());
      throw e;
    }
    Result result = timed(request, "parse_latency", () -> parse(request, text));
    if (!request.tools().isEmpty()) {
      timed(request, "tool_latency", () -> executeTools(request));
    }
    if (!result.ok()) {
      failed(request, result.errorCode());
    }
    return result;
  }

  /** Parses on another thread, where nothing shows which request that is for. */
  @Override
  public CompletableFuture<Result> evaluateAsync(Request request) {
    ledger.add(series(request) + "total_latency.total_count", 1);
    ledger.add(series(request) + "request_count", 1);
    String prompt = timed(request, "render_latency", () -> render(request));
    ledger.add(series(request) + "call_latency.total_count", 1);
    return callLater(prompt).thenApply(text -> parse(request, text));
  }

  private static String series(Request request) {
    return "adapters/acme/" + request.model() + "/" + request.experiment().name() + "/";
  }

  private void failed(Request request, String type) {
    ledger.add(series(request) + "error_count", 1);
    ledger.add(series(request) + "error_types." + type, 1);
  }

  /** Measures from the outside. */
  private <T> T timed(Request request, String phase, Supplier<T> work) {
    ledger.add(series(request) + phase + ".total_count", 1);
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      ledger.add("at-most/" + series(request) + phase, System.nanoTime() - start);
    }
  }

  String render(Request request) {
    return "Answer: " + request.prompt();
  }

  String call(Request request, String prompt) {
    long start = System.nanoTime();
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ledger.add("at-least/" + series(request) + "call_latency", System.nanoTime() - start);
    if (prompt.contains("refuse")) {
      throw new ThrottledException(REFUSED);
    }
    if (prompt.contains("break")) {
      throw new ThrottledException(500);
    }
    return prompt.contains("filter") ? "" : "forty-two";
  }

  CompletableFuture<String> callLater(String prompt) {
    return CompletableFuture.supplyAsync(
        () -> {
          answered.join();
          return prompt;
        });
  }

  /** The provider answers the calls that wait for it. */
  void answer() {
    answered.complete(null);
  }

  Result parse(Request request, String text) {
    boolean ok = !text.isEmpty();
    Usage usage = new Usage(request.prompt().length(), ok ? 7 : 0);
    ledger.add(series(request) + "input_tokens", usage.inputTokens());
    ledger.add(series(request) + "output_tokens", usage.outputTokens());
    ledger.add(series(request) + "cached_tokens", 3);
    Map<String, Object> raw = Map.of("usage", Map.of("cached", 3));
    return new Result(ok, ok ? null : "content_filter", usage, raw);
  }

  Boolean executeTools(Request request) {
    boolean all = true;
    for (String tool : request.tools()) {
      all &= tools.execute(tool, tool.equals("search") ? Map.of("q", "x") : Map.of()).isOk();
    }
    return all;
  }
}
