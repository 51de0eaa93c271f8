package com.example.warehouse;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Questions that are not answered; prints each exception as a user would see it. */
final class Failures {
  private final Models models;

  Failures(Models models) {
    this.models = models;
  }

  void all() throws InterruptedException {
    ChatModel model = models.chat("gpt-4.1", Duration.ofSeconds(30), 1);
    blocking(model, "Still busy? [throttle always]");
    blocking(model, "Are you well? [fail]");
    blocking(model, "What did you say? [malformed]");
    blocking(models.chat("gpt-4.1-slow", Duration.ofMillis(400), 0), "Awake? [slow 3000]");
    StreamingChatModel streaming = models.streaming("gpt-4.1-nano");
    streamed(streaming, "Still busy? [throttle always]");
    streamed(streaming, "Are you well? [fail]");
    streamed(streaming, "Tell me a very long story [cut]");
  }

  private void blocking(ChatModel model, String question) {
    tries(question, () -> models.assistant(model).answer(question));
  }

  /** The first call succeeds at its second attempt. */
  void embeddings() {
    embed("embedding-throttled", 2, "bolts [throttle once]");
    embed("embedding-exhausted", 1, "bolts [throttle always]");
    embed("embedding-failed", 1, "bolts [fail]");
    embed("embedding-malformed", 1, "bolts [malformed]");
  }

  private void embed(String model, int retries, String text) {
    tries(text, () -> models.embedding(model, retries).embed(text).content().vectorAsList());
  }

  private static void tries(String question, Supplier<?> call) {
    try {
      System.out.println(call.get());
    } catch (RuntimeException e) {
      System.out.println(question);
      e.printStackTrace(System.out);
    }
  }

  private static void streamed(StreamingChatModel model, String question)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    model.chat(
        question,
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            System.out.println("piece: " + piece);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            // LangChain4j calls this after onError when a stream breaks off.
            if (ended.getCount() > 0) {
              System.out.println("complete: " + response.aiMessage().text());
              ended.countDown();
            }
          }

          @Override
          public void onError(Throwable error) {
            System.out.println(question);
            for (Throwable t = error; t != null; t = t.getCause()) {
              System.out.println("  " + t);
            }
            ended.countDown();
          }
        });
    if (!ended.await(30, TimeUnit.SECONDS)) {
      System.out.println(question + " never ended");
    }
  }
}
