package io.metricsagent.stub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Exact accounts of what the server has sent and of the requests that it got. Thread-safe. */
public final class Ledger {
  /**
   * What was sent for one model and operation.
   *
   * @param answered complete answers
   * @param throttled answers with status 429
   * @param failed answers with status 500
   * @param broken answers with status 200 that were no JSON, or were cut off
   * @param streamed those of {@code answered} that were streamed
   * @param inputTokens sum over {@code answered}, cached ones included
   * @param outputTokens sum over {@code answered}
   * @param cachedTokens sum over {@code answered}
   */
  public record Account(
      long answered,
      long throttled,
      long failed,
      long broken,
      long streamed,
      long inputTokens,
      long outputTokens,
      long cachedTokens) {
    static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns the number of requests that the server got. */
    public long requests() {
      return answered + throttled + failed + broken;
    }

    /** Returns a copy with other input tokens, for a client that does not report all of them. */
    public Account withInput(long inputTokens, long cachedTokens) {
      return new Account(
          answered, throttled, failed, broken, streamed, inputTokens, outputTokens, cachedTokens);
    }

    private Account plus(Account o) {
      return new Account(
          answered + o.answered,
          throttled + o.throttled,
          failed + o.failed,
          broken + o.broken,
          streamed + o.streamed,
          inputTokens + o.inputTokens,
          outputTokens + o.outputTokens,
          cachedTokens + o.cachedTokens);
    }

    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("answered", answered);
      json.put("throttled", throttled);
      json.put("failed", failed);
      json.put("broken", broken);
      json.put("streamed", streamed);
      json.put("input_tokens", inputTokens);
      json.put("output_tokens", outputTokens);
      json.put("cached_tokens", cachedTokens);
      return json;
    }
  }

  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<String, Long> toolCalls = new TreeMap<>();
  private final Map<String, Long> mcpRequests = new TreeMap<>();
  private long answers;

  /**
   * Returns the account of a model, {@code chat} or {@code embeddings}; empty if it got nothing.
   */
  public synchronized Account account(String model, String operation) {
    return accounts.getOrDefault(model + " " + operation, Account.EMPTY);
  }

  /** Returns how often the server asked for each tool. */
  public synchronized Map<String, Long> toolCalls() {
    return Map.copyOf(toolCalls);
  }

  /**
   * Returns how many messages of the Model Context Protocol the server got, by method; calls of
   * tools are counted as {@code tools/call name}.
   */
  public synchronized Map<String, Long> mcpRequests() {
    return Map.copyOf(mcpRequests);
  }

  /** Returns {@code {"accounts": {"model operation": {…}}, "tool_calls": {"name": n}}}. */
  public synchronized String toJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    accounts.forEach((key, account) -> all.put(key, account.toJson()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accounts", all);
    json.put("tool_calls", new LinkedHashMap<>(toolCalls));
    return Json.write(json);
  }

  synchronized Usage nextUsage() {
    return Usage.ofAnswer(++answers);
  }

  void answered(String model, String operation, boolean streamed, Usage usage) {
    add(
        model,
        operation,
        new Account(
            1, 0, 0, 0, streamed ? 1 : 0, usage.prompt(), usage.completion(), usage.cached()));
  }

  void throttled(String model, String operation) {
    add(model, operation, new Account(0, 1, 0, 0, 0, 0, 0, 0));
  }

  void failed(String model, String operation) {
    add(model, operation, new Account(0, 0, 1, 0, 0, 0, 0, 0));
  }

  void broken(String model, String operation) {
    add(model, operation, new Account(0, 0, 0, 1, 0, 0, 0, 0));
  }

  synchronized void toolCalled(String name) {
    toolCalls.merge(name, 1L, Long::sum);
  }

  synchronized void mcpRequested(String name) {
    mcpRequests.merge(name, 1L, Long::sum);
  }

  private synchronized void add(String model, String operation, Account account) {
    accounts.merge(model + " " + operation, account, Account::plus);
  }
}
