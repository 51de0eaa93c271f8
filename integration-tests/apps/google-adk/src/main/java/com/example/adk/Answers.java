package com.example.adk;

import com.example.threads.VirtualThreads;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.Gemini;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.genai.Client;
import com.google.genai.types.Content;
import io.reactivex.rxjava3.core.Flowable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Answers of Gemini, whole and streamed. */
final class Answers {
  private static final String QUESTION = "Tell me about the history of this warehouse";

  private final Client client;

  Answers(Models models, int attempts, int timeoutMillis) {
    client = models.client(attempts, timeoutMillis);
  }

  private BaseLlm model(String name) {
    return new Gemini(name, client);
  }

  private Flowable<LlmResponse> ask(String model, String question, boolean stream) {
    return model(model).generateContent(Models.request(question), stream);
  }

  private static void print(LlmResponse response) {
    System.out.println(response.content().map(Content::text).orElse("-"));
  }

  void all() throws Exception {
    print(ask("success", "Who are you?", false).blockingFirst());
    Flowable<LlmResponse> twice = ask("success", "Who are you, once more?", false);
    print(twice.blockingLast());
    print(twice.blockingLast());
    Agents.run(Agents.agent("greeter", model("success")), "Who are you, agent?", false);
    print(ask("throttled", "Busy? [throttle once]", false).blockingFirst());
    print(ask("throttled", "Busy now? [throttle once]", false).blockingFirst());
    Agents.run(
        Agents.agent("clerk", model("tools"), new Tools()),
        "How much are bolts? [use price item=bolts]",
        false);
    // Loads classes, so that no piece of "streamed" waits for that.
    ask("late", QUESTION + " [late 300]", true).blockingForEach(Answers::print);
    ask("streamed", QUESTION, true).blockingForEach(Answers::print);
    Agents.run(Agents.agent("teller", model("streamed")), QUESTION, true);
    ask("unhurried", QUESTION, true).doOnNext(piece -> Thread.sleep(60)).blockingSubscribe();
    cancelled();
    concurrently(model("concurrent"), 32);
    onVirtualThread(model("virtual"));
  }

  private void cancelled() {
    print(ask("cancelled", QUESTION, true).blockingFirst());
    try {
      ask("thrower", QUESTION, true)
          .doOnNext(
              piece -> {
                throw new IllegalStateException("no appetite for " + piece.partial());
              })
          .blockingSubscribe();
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  void fails(String model, String question, boolean stream) {
    try {
      print(ask(model, question, stream).blockingLast());
      System.out.println("no failure");
    } catch (RuntimeException e) {
      System.out.println(question + " " + e);
    }
  }

  static void concurrently(BaseLlm model, int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<LlmResponse>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      LlmRequest question = Models.request("Number " + i);
      answers.add(threads.submit(() -> model.generateContent(question, false).blockingFirst()));
    }
    for (Future<LlmResponse> answer : answers) {
      print(answer.get());
    }
    threads.shutdown();
  }

  static void onVirtualThread(BaseLlm model) throws Exception {
    LlmRequest question = Models.request("Where?");
    Runnable call = () -> print(model.generateContent(question, false).blockingFirst());
    VirtualThreads.run(call);
  }
}
