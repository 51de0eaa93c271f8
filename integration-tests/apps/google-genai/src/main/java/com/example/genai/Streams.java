package com.example.genai;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** Content that is streamed. */
final class Streams {
  private static final String QUESTION = "Tell me about the history of this warehouse";

  private final Client client;

  Streams(Client client) {
    this.client = client;
  }

  private ResponseStream<GenerateContentResponse> ask(String model, String question) {
    return client.models.generateContentStream(model, question, null);
  }

  void all() throws Exception {
    // Loads classes, so that no piece of "streamed" waits for that.
    for (GenerateContentResponse piece : ask("late", QUESTION + " [late 300]")) {
      System.out.print(piece.text());
    }
    System.out.println();
    succeed();
    cancelled();
    consumerThrows();
    stopsAtTheLastContent();
    slowConsumer();
    unhurried();
    fails("stream-cut", QUESTION + " [cut]");
    neverRead();
  }

  private void succeed() throws Exception {
    try (ResponseStream<GenerateContentResponse> pieces = ask("streamed", QUESTION)) {
      for (GenerateContentResponse piece : pieces) {
        System.out.print(piece.text());
      }
    }
    System.out.println();
    try (ResponseStream<GenerateContentResponse> pieces =
        client
            .async
            .models
            .generateContentStream("streamed", QUESTION, null)
            .get(30, TimeUnit.SECONDS)) {
      pieces.forEach(piece -> System.out.print(piece.text()));
    }
    System.out.println();
  }

  void fails(String model, String question) {
    try (ResponseStream<GenerateContentResponse> pieces = ask(model, question)) {
      pieces.forEach(piece -> {});
      System.out.println("no failure");
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void cancelled() {
    try (ResponseStream<GenerateContentResponse> pieces = ask("cancelled", QUESTION)) {
      System.out.println(pieces.iterator().next().text());
    }
  }

  private void consumerThrows() {
    try (ResponseStream<GenerateContentResponse> pieces = ask("thrower", QUESTION)) {
      for (GenerateContentResponse piece : pieces) {
        throw new IllegalStateException("no appetite for " + piece.candidates().isPresent());
      }
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Stops at the piece with the finish reason. */
  private void stopsAtTheLastContent() {
    try (ResponseStream<GenerateContentResponse> pieces = ask("stopped", QUESTION)) {
      for (GenerateContentResponse piece : pieces) {
        if (piece.candidates().orElseThrow().get(0).finishReason().isPresent()) {
          System.out.println("stopped");
          return;
        }
      }
    }
  }

  /** Takes 100 ms for each of nine pieces. */
  private void slowConsumer() throws InterruptedException {
    try (ResponseStream<GenerateContentResponse> pieces = ask("slow-consumer", QUESTION)) {
      Iterator<GenerateContentResponse> each = pieces.iterator();
      while (each.hasNext()) {
        each.next();
        Thread.sleep(100);
      }
    }
  }

  /** Takes 60 ms for each piece. */
  private void unhurried() throws InterruptedException {
    try (ResponseStream<GenerateContentResponse> pieces = ask("unhurried", QUESTION)) {
      for (Iterator<GenerateContentResponse> each = pieces.iterator(); each.hasNext(); ) {
        each.next();
        Thread.sleep(60);
      }
    }
  }

  private void neverRead() {
    ask("never-read", QUESTION).close();
  }
}
