package com.example.warehouse;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many customers at once, one of them on a virtual thread, and one whose callback throws. */
final class Crowd {
  private final Models models;

  Crowd(Models models) {
    this.models = models;
  }

  void all() throws Exception {
    ChatModel model = models.chat("o3");
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      String question = "Number " + i;
      answers.add(threads.submit(() -> model.chat(question)));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
    onVirtualThread(() -> System.out.println(models.chat("o3-mini").chat("Where?")));
    rage();
  }

  private static void onVirtualThread(Runnable call) throws Exception {
    Thread thread;
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      thread = (Thread) start.invoke(null, call);
    } catch (NoSuchMethodException e) { // before Java 21
      thread = new Thread(call);
      thread.start();
    }
    thread.join();
  }

  private void rage() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    models
        .streaming("o4-mini")
        .chat(
            "Tell me about the history of this warehouse",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String piece) {
                throw new IllegalStateException("no appetite");
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                ended.countDown();
              }

              @Override
              public void onError(Throwable error) {
                ended.countDown();
              }
            });
    ended.await();
  }
}
