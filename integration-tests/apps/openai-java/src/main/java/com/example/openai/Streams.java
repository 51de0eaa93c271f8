package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.concurrent.TimeUnit;

/** Chat completions that are streamed. */
@SuppressWarnings("MustBeClosedChecker") // unclosed streams are part of the test
final class Streams {
  private static final String QUESTION = "Tell me about the history of this warehouse";

  private final OpenAIClient client;

  Streams(OpenAIClient client) {
    this.client = client;
  }

  void all() throws Exception {
    // Loads classes, so that no piece of "streamed" waits for that.
    succeedWith("late", QUESTION + " [late 300]", 0);
    succeed("streamed");
    fails("stream-exhausted", "Still busy? [throttle always]");
    fails("stream-failed", "Are you well? [fail]");
    fails("stream-cut", QUESTION + " [cut]");
    fails("stream-limited", QUESTION + " [limit]");
    succeedWith("slow-reader", QUESTION, 400);
    unhurried();
    cancelled();
    consumerThrows();
    stopsAtTheLastContent();
    abandoned();
  }

  private static ChatCompletionCreateParams params(String model, String question) {
    return Chats.params(model, question)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private void succeed(String model) throws Exception {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params(model, QUESTION))) {
      System.out.println(response.stream().count() + " chunks");
    }
    try (StreamResponse<ChatCompletionChunk> response =
        client
            .chat()
            .completions()
            .withRawResponse()
            .createStreaming(params(model, QUESTION))
            .parse()) {
      response.stream().forEach(chunk -> System.out.print(chunk.choices().size()));
      System.out.println();
    }
    StringBuffer shape = new StringBuffer();
    client
        .async()
        .chat()
        .completions()
        .createStreaming(params(model, QUESTION))
        .subscribe(chunk -> shape.append(chunk.choices().size()))
        .onCompleteFuture()
        .get(30, TimeUnit.SECONDS);
    System.out.println(shape);
  }

  /** Reads a stream; the reader takes {@code pauseMillis} for the second piece. */
  private void succeedWith(String model, String question, long pauseMillis) throws Exception {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params(model, question))) {
      int chunks = 0;
      for (var all = response.stream().iterator(); all.hasNext(); all.next()) {
        if (++chunks == 2) {
          Thread.sleep(pauseMillis);
        }
      }
      System.out.println(chunks);
    }
  }

  /** Takes 60 ms for each piece. */
  private void unhurried() throws Exception {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params("unhurried", QUESTION))) {
      for (var all = response.stream().iterator(); all.hasNext(); all.next()) {
        Thread.sleep(60);
      }
    }
    client
        .async()
        .chat()
        .completions()
        .createStreaming(params("unhurried", QUESTION))
        .subscribe(chunk -> pause())
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

  /**
   * Drops a stream that is neither read to its end nor closed: only the garbage collector notices
   * it.
   */
  private void abandoned() throws Exception {
    ChatCompletionCreateParams after = Chats.params("after", "Anybody there?").build();
    System.out.println(firstPiece() + " " + Chats.text(client.chat().completions().create(after)));
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(30);
      client.chat().completions().create(after);
    }
  }

  private boolean firstPiece() {
    return client.chat().completions().createStreaming(params("abandoned", QUESTION)).stream()
        .iterator()
        .hasNext();
  }

  private void fails(String model, String question) {
    try (StreamResponse<ChatCompletionChunk> response =
        Chats.withRetries(client, 1)
            .chat()
            .completions()
            .createStreaming(params(model, question))) {
      System.out.println(response.stream().count());
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void cancelled() throws Exception {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params("cancelled", QUESTION))) {
      System.out.println(response.stream().limit(3).count() + " chunks are enough");
    }
  }

  private void consumerThrows() {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params("thrower", QUESTION))) {
      response.stream()
          .forEach(
              chunk -> {
                throw new IllegalStateException("no appetite");
              });
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Stops at the last content, as many applications do. */
  private void stopsAtTheLastContent() {
    try (StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params("stopped", QUESTION))) {
      System.out.println(
          response.stream().takeWhile(c -> c.choices().get(0).finishReason().isEmpty()).count());
    }
  }
}
