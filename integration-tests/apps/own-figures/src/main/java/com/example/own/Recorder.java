package com.example.own;

import io.metricsagent.api.AdapterCall;
import io.metricsagent.api.MetricsAgentApi;
import io.metricsagent.api.MetricsCollector;
import io.metricsagent.api.TokenUsage;

/** Records some of everything, in fixed amounts. */
public final class Recorder implements Runnable {
  private final MetricsCollector collector = MetricsAgentApi.collector();

  @Override
  public void run() {
    collector.recordAdapterCall(
        AdapterCall.of("acme")
            .model("acme-large")
            .operation("chat")
            .renderMillis(3)
            .callMillis(340)
            .parseMillis(2)
            .toolMillis(55)
            .usage(new TokenUsage(812L, 64L, 512L))
            .experiment("v2"));
    collector.recordAdapterCall(
        AdapterCall.of("acme")
            .model("acme-large")
            .operation("chat")
            .callMillis(60)
            .error("rate_limit")
            .throttled(true)
            .experiment("v2"));
    collector.recordToolCall("search", 12, true, null);
    collector.recordToolCall("search", 700, false, "not_found");
    collector.recordToolCall("search", 30, true, null, "v2");
    collector.recordMessageReceived("requests", 1, 250);
    collector.recordMessageReceived("requests", 3, 750);
    collector.recordMessageAck("requests");
    collector.recordMessageNack("requests");
    collector.recordMessageExpired("requests");
    collector.recordMessageDeadLettered("requests");
    collector.recordQueueDepth("requests", 17);
  }

  /** Hands over what no application should. */
  void runBadly() {
    for (int i = 0; i < 3; i++) {
      collector.recordAdapterCall(null);
      collector.recordToolCall(null, 1, true, null);
      collector.recordMessageReceived("requests", 1, -250);
    }
  }
}
