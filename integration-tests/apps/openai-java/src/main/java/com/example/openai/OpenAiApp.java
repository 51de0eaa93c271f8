package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.time.Duration;
import java.util.List;

/** {@code java -jar openai-java-newest.jar <base URL>}: each scenario has a model of its own. */
public final class OpenAiApp {
  private OpenAiApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    OpenAIClient client = client(args[0], 2, Duration.ofSeconds(30));
    Chats chats = new Chats(client);
    chats.succeed();
    chats.roundTrip();
    chats.throttledOnce();
    chats.bare();
    chats.cancelledFuture();
    chats.concurrently(32);
    chats.onVirtualThread();
    new Streams(client).all();
    new OtherApis(client).all();

    OpenAIClient hasty = client(args[0], 1, Duration.ofSeconds(30));
    Chats failing = new Chats(hasty);
    failing.fails("exhausted", "Still busy? [throttle always]");
    failing.fails("failed", "Are you well? [fail]");
    failing.fails("malformed", "What did you say? [malformed]");
    new Chats(client(args[0], 0, Duration.ofMillis(400))).fails("timeout", "Awake? [slow 3000]");
    for (OpenAIClient each : List.of(client, hasty)) {
      each.close();
    }
    System.exit(0); // OkHttp's threads live on for a minute
  }

  private static OpenAIClient client(String baseUrl, int retries, Duration timeout) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(baseUrl)
        .apiKey("none")
        .maxRetries(retries)
        .timeout(timeout)
        .build();
  }
}
