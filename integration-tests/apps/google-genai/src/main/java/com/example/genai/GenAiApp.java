package com.example.genai;

import com.google.genai.Client;

/**
 * {@code java -jar google-genai-newest.jar <base URL> [no-retries]}: each scenario has a model of
 * its own.
 */
public final class GenAiApp {
  private static final int PATIENT = 30_000;

  private GenAiApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Clients clients = new Clients(args[0]);
    Client client = clients.client(3, PATIENT);
    Contents contents = new Contents(client);
    contents.succeed();
    contents.roundTrip();
    if (args.length == 1) {
      contents.throttledOnce();
      contents.embed("embedding-throttled", "bolts [throttle once]");
    }
    contents.concurrently(32);
    contents.onVirtualThread();
    contents.embed("text-embedding-004", "bolts");
    new Streams(client).all();

    Client hasty = clients.client(2, PATIENT);
    Contents failing = new Contents(hasty);
    failing.fails("exhausted", "Still busy? [throttle always]");
    failing.fails("failed", "Are you well? [fail]");
    failing.fails("malformed", "What did you say? [malformed]");
    failing.embed("embedding-exhausted", "bolts [throttle always]");
    failing.embed("embedding-failed", "bolts [fail]");
    failing.embed("embedding-malformed", "bolts [malformed]");
    new Streams(hasty).fails("stream-exhausted", "Still busy? [throttle always]");
    new Streams(hasty).fails("stream-failed", "Are you well? [fail]");
    new Contents(clients.client(1, 400)).fails("timeout", "Awake? [slow 3000]");
    System.exit(0); // OkHttp's threads live on for a minute
  }
}
