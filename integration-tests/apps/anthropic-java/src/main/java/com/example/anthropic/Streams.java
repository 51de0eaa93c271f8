package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.util.concurrent.TimeUnit;

/** Messages that are streamed. */
@SuppressWarnings("MustBeClosedChecker") // unclosed streams are part of the test
final class Streams {
  private static final String STORY = "Tell me about the history of this warehouse";

  private final AnthropicClient client;
  private final AnthropicClient hasty;

  Streams(AnthropicClient client, AnthropicClient hasty) {
    this.client = client;
    this.hasty = hasty;
  }

  void all() throws Exception {
    // Loads classes, so that no piece of "streamed" waits for that.
    succeedWith("late", STORY + " [late 300]", 0);
    System.out.println(read("streamed", STORY, Long.MAX_VALUE));
    StringBuffer shape = new StringBuffer();
    client
        .async()
        .messages()
        .createStreaming(Chats.params("streamed", STORY))
        .subscribe(event -> shape.append(event.isContentBlockDelta() ? 'x' : '.'))
        .onCompleteFuture()
        .get(30, TimeUnit.SECONDS);
    System.out.println(shape);
    succeedWith("slow-reader", STORY + " [terse]", 400);
    unhurried();
    beta();
    fails("stream-exhausted", "Still busy? [throttle always]");
    fails("stream-failed", "Are you well? [fail]");
    fails("stream-limited", STORY + " [limit]");
    System.out.println(read("cancelled", STORY, 4));
    try (StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(Chats.params("thrower", STORY))) {
      response.stream()
          .forEach(
              event -> {
                throw new IllegalStateException("no appetite");
              });
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  private long read(String model, String question, long limit) {
    try (StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(Chats.params(model, question))) {
      return response.stream().limit(limit).filter(event -> event.isValid()).count();
    }
  }

  /** Reads a stream; the reader takes {@code pauseMillis} for the second piece. */
  private void succeedWith(String model, String question, long pauseMillis) throws Exception {
    try (StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(Chats.params(model, question))) {
      int events = 0;
      for (var all = response.stream().iterator(); all.hasNext(); all.next()) {
        if (++events == 2) {
          Thread.sleep(pauseMillis);
        }
      }
      System.out.println(events);
    }
  }

  /** Takes 60 ms for each piece. */
  private void unhurried() throws Exception {
    try (StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(Chats.params("unhurried", STORY))) {
      for (var all = response.stream().iterator(); all.hasNext(); all.next()) {
        Thread.sleep(60);
      }
    }
    client
        .async()
        .messages()
        .createStreaming(Chats.params("unhurried", STORY))
        .subscribe(event -> pause())
        .onCompleteFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static void pause() {
    try {
      Thread.sleep(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beta() throws Exception {
    try (var response =
        client.beta().messages().createStreaming(Chats.beta("beta-streamed", STORY))) {
      System.out.println(response.stream().count());
    }
    client
        .async()
        .beta()
        .messages()
        .createStreaming(Chats.beta("beta-streamed", STORY))
        .subscribe(event -> {})
        .onCompleteFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private void fails(String model, String question) {
    try (StreamResponse<RawMessageStreamEvent> response =
        hasty.messages().createStreaming(Chats.params(model, question))) {
      System.out.println(response.stream().count());
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }
}
