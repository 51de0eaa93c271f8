package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import java.time.Duration;

/** {@code java -jar anthropic-java-newest.jar <base URL>}: each scenario has a model of its own. */
public final class AnthropicApp {
  private AnthropicApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    String baseUrl = args[0].replace("/v1", "");
    AnthropicClient client = client(baseUrl, 2, Duration.ofSeconds(30));
    AnthropicClient hasty = client(baseUrl, 1, Duration.ofSeconds(30));
    Chats chats = new Chats(client);
    chats.succeed();
    chats.roundTrip();
    chats.throttledOnce();
    chats.bare();
    chats.cancelledFuture();
    chats.concurrently(32);
    chats.onVirtualThread();
    new Streams(client, hasty).all();
    Chats failing = new Chats(hasty);
    failing.fails("exhausted", "Still busy? [throttle always]");
    failing.fails("failed", "Are you well? [fail]");
    failing.fails("malformed", "What did you say? [malformed]");
    new Chats(client(baseUrl, 0, Duration.ofMillis(400))).fails("timeout", "Awake? [slow 3000]");
    runTools(client);
    System.exit(0); // OkHttp's threads live on for a minute
  }

  /**
   * Runs tools, unless the application is built with the oldest client, which has no tool runner.
   */
  private static void runTools(AnthropicClient client) throws Exception {
    Class<?> runs;
    try {
      runs = Class.forName("com.example.anthropic.ToolRuns");
    } catch (ClassNotFoundException e) {
      return;
    }
    runs.getDeclaredMethod("all", AnthropicClient.class).invoke(null, client);
  }

  private static AnthropicClient client(String baseUrl, int retries, Duration timeout) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(baseUrl)
        .apiKey("none")
        .maxRetries(retries)
        .timeout(timeout)
        .build();
  }
}
