package com.example.bedrock;

import java.time.Duration;

/** {@code java -jar bedrock-newest.jar <base URL>}: each scenario has a model of its own. */
public final class BedrockApp {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private BedrockApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Clients clients = Clients.of(args[0], 3, PATIENT);
    Chats chats = new Chats(clients);
    chats.succeed();
    chats.inclusive();
    chats.roundTrip();
    chats.throttledOnce();
    chats.concurrently(32);
    chats.onVirtualThread();
    chats.invoke();
    chats.embed("titan-embed", "bolts");
    chats.embed("embedding-throttled", "bolts [throttle once]");
    new Streams(clients).all();

    Clients hasty = Clients.of(args[0], 2, PATIENT);
    Chats failing = new Chats(hasty);
    failing.fails("exhausted", "Still busy? [throttle always]");
    failing.fails("failed", "Are you well? [fail]");
    failing.fails("malformed", "What did you say? [malformed]");
    failing.embed("embedding-exhausted", "bolts [throttle always]");
    failing.embed("embedding-failed", "bolts [fail]");
    failing.embed("embedding-malformed", "bolts [malformed]");
    Streams streams = new Streams(hasty);
    streams.fails("stream-exhausted", "Still busy? [throttle always]");
    streams.fails("stream-failed", "Are you well? [fail]");
    new Chats(Clients.of(args[0], 1, Duration.ofMillis(400)))
        .fails("timeout", "Awake? [slow 3000]");
    System.exit(0); // the SDK's threads live on
  }
}
