package com.example.experiments;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.MDC;

/**
 * {@code java -jar experiments.jar <base URL> [key]}: many visits at once, in two arms of an
 * experiment, which is said in the baggage or in the diagnostic context under the key. Without a
 * key nothing is said. Runs until the end of its standard input.
 */
public final class ExperimentsApp {
  private static final int VISITS_OF_EACH_KIND = 3;

  private final ChatModel model;
  private final StreamingChatModel streaming;
  private final String key;

  private ExperimentsApp(String baseUrl, String key) {
    this.key = key;
    model =
        OpenAiChatModel.builder().baseUrl(baseUrl).apiKey("none").modelName("gpt-4o-mini").build();
    streaming =
        OpenAiStreamingChatModel.builder()
            .baseUrl(baseUrl)
            .apiKey("none")
            .modelName("gpt-4o")
            .build();
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    new ExperimentsApp(args[0], args.length > 1 ? args[1] : null).run();
    System.out.println("ready");
    System.in.transferTo(System.out);
  }

  private void run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> visits = new ArrayList<>();
    for (int i = 0; i < VISITS_OF_EACH_KIND; i++) {
      visits.add(threads.submit(byBaggage("baseline", 1)));
      visits.add(threads.submit(byBaggage("v2-concise", 2)));
      visits.add(threads.submit(byLogContext("baseline", 3)));
      visits.add(threads.submit(byLogContext("v2-concise", 5)));
      visits.add(threads.submit(saying(null, 7)));
    }
    for (Future<?> visit : visits) {
      await(visit);
    }
    threads.shutdown();
  }

  private static void await(Future<?> visit) throws InterruptedException, IOException {
    try {
      visit.get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private Callable<Void> byBaggage(String arm, int questions) {
    if (key == null) {
      return saying(null, questions);
    }
    return () -> {
      try (Scope scope = Baggage.current().toBuilder().put(key, arm).build().makeCurrent()) {
        return saying(arm, questions).call();
      }
    };
  }

  private Callable<Void> byLogContext(String arm, int questions) {
    if (key == null) {
      return saying(null, questions);
    }
    return () -> {
      try (MDC.MDCCloseable closeable = MDC.putCloseable(key, arm)) {
        return saying(arm, questions).call();
      }
    };
  }

  private Callable<Void> saying(String arm, int questions) {
    return () -> {
      new Visit(model, streaming).take(questions);
      System.out.println("visit in " + arm);
      return null;
    };
  }
}
