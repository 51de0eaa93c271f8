package com.example.genai;

import com.example.threads.VirtualThreads;
import com.google.genai.Client;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Tool;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Content that is not streamed, and embeddings. */
final class Contents {
  private final Client client;

  Contents(Client client) {
    this.client = client;
  }

  private GenerateContentResponse ask(String model, String question) {
    return client.models.generateContent(model, question, null);
  }

  private Future<GenerateContentResponse> askLater(String model, String question) {
    return client.async.models.generateContent(model, question, null);
  }

  void succeed() throws Exception {
    System.out.println(ask("success", "Who are you?").text());
    System.out.println(ask("models/success", "Who are you, in full?").text());
    System.out.println(askLater("success", "Who are you?").get(30, TimeUnit.SECONDS).text());
    System.out.println(client.chats.create("success").sendMessage("Who are you?").text());
  }

  void roundTrip() throws Exception {
    GenerateContentConfig tools =
        GenerateContentConfig.builder()
            .tools(
                List.of(
                    Tool.builder()
                        .functions(List.of(function("price"), function("broken")))
                        .build()))
            .build();
    System.out.println(
        client
            .models
            .generateContent("tools", "How much are bolts? [use price item=bolts]", tools)
            .text());
    try {
      client.models.generateContent("broken", "And nuts? [use broken item=nuts]", tools);
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
  }

  private static Method function(String name) throws NoSuchMethodException {
    return Functions.class.getMethod(name, String.class);
  }

  void throttledOnce() throws Exception {
    System.out.println(ask("throttled", "Busy? [throttle once]").text());
    System.out.println(
        askLater("throttled", "Busy now? [throttle once]").get(30, TimeUnit.SECONDS).text());
  }

  void fails(String model, String question) {
    tries(question, () -> ask(model, question).text());
    tries(question, () -> askLater(model, question).get(30, TimeUnit.SECONDS).text());
  }

  void concurrently(int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String question = "Number " + i;
      answers.add(threads.submit(() -> ask("concurrent", question).text()));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
  }

  void onVirtualThread() throws Exception {
    Runnable call = () -> System.out.println(ask("virtual", "Where?").text());
    VirtualThreads.run(call);
  }

  void embed(String model, String text) {
    EmbedContentConfig config = EmbedContentConfig.builder().build();
    tries(text, () -> count(client.models.embedContent(model, text, config)));
    tries(
        text,
        () ->
            count(client.async.models.embedContent(model, text, config).get(30, TimeUnit.SECONDS)));
  }

  private static int count(EmbedContentResponse response) {
    return response.embeddings().orElseThrow().size();
  }

  private static void tries(String text, Callable<?> call) {
    try {
      System.out.println(call.call());
    } catch (ExecutionException e) {
      System.out.println(text + " " + e.getCause().getClass().getName());
    } catch (Exception e) {
      System.out.println(text + " " + e.getClass().getName());
    }
  }
}
