package com.example.providers;

import com.example.threads.VirtualThreads;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.service.AiServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whole answers of a provider's models, and embeddings. */
final class Answers {
  private static final String PRICE = "How much are bolts? [use price item=bolts]";

  private final String url;
  private final Provider provider;

  Answers(String url, Provider provider) {
    this.url = url;
    this.provider = provider;
  }

  private ChatModel model(String scenario, int retries) {
    return provider.chat(url, provider.model(scenario), retries);
  }

  void all() throws Exception {
    ChatModel model = model("success", 2);
    System.out.println(model.chat("Who are you?"));
    System.out.println(model.chat("When do you open?"));
    System.out.println(model("throttled", 2).chat("Busy? [throttle once]"));
    System.out.println(
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("tools", 2))
            .tools(new Tools())
            .build()
            .answer(PRICE));
    fail(model("exhausted", 1), "Still busy? [throttle always]");
    fail(model("failed", 1), "Are you well? [fail]");
    fail(model("malformed", 0), "What did you say? [malformed]");
    fail(
        provider.chat(url, provider.model("timeout"), 0, Duration.ofMillis(400)),
        "Awake? [slow 2000]");
    concurrently(32);
    onVirtualThread();
    embed("embedding", 2, "bolts");
    embed("embedding-throttled", 2, "bolts [throttle once]");
    embed("embedding-exhausted", 1, "bolts [throttle always]");
    embed("embedding-failed", 1, "bolts [fail]");
    embed("embedding-malformed", 0, "bolts [malformed]");
  }

  private static void fail(ChatModel model, String question) {
    try {
      System.out.println(model.chat(question));
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void concurrently(int calls) throws Exception {
    ChatModel model = model("concurrent", 2);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String question = "Number " + i;
      answers.add(threads.submit(() -> model.chat(question)));
    }
    for (Future<String> answer : answers) {
      answer.get();
    }
    threads.shutdown();
  }

  private void onVirtualThread() throws Exception {
    ChatModel model = model("virtual", 2);
    Runnable call = () -> System.out.println(model.chat("Where?"));
    VirtualThreads.run(call);
  }

  private void embed(String scenario, int retries, String text) {
    EmbeddingModel model = provider.embedding(url, provider.model(scenario), retries);
    if (model != null) {
      try {
        System.out.println(model.embed(text).content().dimension());
      } catch (RuntimeException e) {
        System.out.println(text + " " + e.getClass().getName());
      }
    }
  }
}
