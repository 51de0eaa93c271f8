package com.example.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code java -jar langchain4j-providers.jar <base URL>}: each scenario has models of its own. */
public final class ProvidersApp {
  private ProvidersApp() {}

  /** Answers in a sentence. */
  interface Assistant {
    String answer(String question);
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    String url = args[0].replace("/v1", "");
    ExecutorService threads = Executors.newFixedThreadPool(3); // they mostly wait
    List<Future<?>> providers = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      providers.add(
          threads.submit(
              () -> {
                new Answers(url, provider).all();
                return null;
              }));
    }
    for (Future<?> provider : providers) {
      provider.get();
    }
    for (Provider provider : Provider.values()) {
      new Streams(url, provider).all(); // alone, for their pieces have to be read as they come
    }
    new Agents(url).all();
    System.exit(0); // okhttp's threads stay for a minute
  }
}
