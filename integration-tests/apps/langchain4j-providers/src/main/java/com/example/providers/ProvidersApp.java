package com.example.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code java -jar langchain4j-providers-newest.jar <base URL>}: each scenario has models of its
 * own.
 */
public final class ProvidersApp {
  private ProvidersApp() {}

  /** Answers questions. */
  interface Assistant {
    String answer(String question);
  }

  /** See the class. */
  public static void main(String[] args) {
    int status = 0;
    try {
      run(args[0].replace("/v1", ""));
    } catch (Exception e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status); // OkHttp's threads live on for a minute
  }

  private static void run(String url) throws Exception {
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
      // One after the other, since pieces must be read when they arrive.
      new Streams(url, provider).all();
    }
    new Agents(url).all();
  }
}
