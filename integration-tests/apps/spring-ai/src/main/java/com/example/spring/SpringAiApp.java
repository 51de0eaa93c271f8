package com.example.spring;

import com.example.threads.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import reactor.core.publisher.Flux;

/** {@code java -jar spring-ai-newest.jar <base URL>}: each scenario has a model of its own. */
public final class SpringAiApp {
  private static final String STORY = "Tell me about the history of this warehouse";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Models models;

  private SpringAiApp(Models models) {
    this.models = models;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    SpringAiApp app = new SpringAiApp(new Models(args[0]));
    app.succeed();
    app.tools();
    app.throttledOnce();
    app.failures();
    app.embeddings();
    app.streams();
    app.router();
    app.concurrently(32);
    app.onVirtualThread();
    System.exit(0); // OkHttp's threads live on for a minute
  }

  private static String text(ChatResponse response) {
    return response.getResult().getOutput().getText();
  }

  private static Prompt prompt(String question) {
    return new Prompt(question);
  }

  private void succeed() {
    ChatModel model = models.chat("success", 2, PATIENCE);
    System.out.println(text(model.call(prompt("Who are you?"))));
    System.out.println(model.call("When do you open?"));
    System.out.println(
        ChatClient.create(model).prompt().user("What do you sell?").call().content());
  }

  private void tools() {
    ChatClient client = ChatClient.create(models.chat("tools", 2, PATIENCE));
    for (String question :
        List.of(
            "How much are bolts? [use price item=bolts]",
            "How much is unobtainium? [use price item=unobtainium]")) {
      System.out.println(client.prompt().user(question).tools(new Tools()).call().content());
    }
    ChatClient streaming = ChatClient.create(models.chat("tools-streamed", 2, PATIENCE));
    System.out.println(
        streaming
            .prompt()
            .user("How much are bolts? [use price item=bolts]")
            .tools(new Tools())
            .stream()
            .content()
            .collectList()
            .block(PATIENCE));
  }

  private void throttledOnce() {
    System.out.println(models.chat("throttled", 2, PATIENCE).call("Busy? [throttle once]"));
  }

  private void failures() {
    fails(models.chat("exhausted", 1, PATIENCE), "Still busy? [throttle always]");
    fails(models.chat("failed", 1, PATIENCE), "Are you well? [fail]");
    fails(models.chat("malformed", 0, PATIENCE), "What did you say? [malformed]");
    fails(models.chat("timeout", 0, Duration.ofMillis(400)), "Awake? [slow 3000]");
  }

  private static void fails(ChatModel model, String question) {
    try {
      System.out.println(model.call(question));
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void embeddings() {
    EmbeddingModel model = models.embedding("text-embedding-3-small", 2);
    if (model != null) {
      System.out.println(model.embed("bolts").length);
      System.out.println(model.embed(List.of("nuts", "pins")).size());
      embed("embedding-throttled", 2, "bolts [throttle once]");
      embed("embedding-exhausted", 1, "bolts [throttle always]");
      embed("embedding-failed", 1, "bolts [fail]");
      embed("embedding-malformed", 0, "bolts [malformed]");
    }
  }

  private void embed(String model, int retries, String text) {
    try {
      System.out.println(models.embedding(model, retries).embed(text).length);
    } catch (RuntimeException e) {
      System.out.println(text + " " + e.getClass().getName());
    }
  }

  private void streams() {
    // Loads classes, so that no piece of "streamed" waits for that.
    System.out.println(
        models.chat("late", 2, PATIENCE).stream(prompt(STORY + " [late 300]"))
            .count()
            .block(PATIENCE));
    Flux<ChatResponse> twice = models.chat("streamed", 2, PATIENCE).stream(prompt(STORY));
    System.out.println(twice.collectList().block(PATIENCE).size());
    System.out.println(twice.count().block(PATIENCE));
    models.chat("unsubscribed", 2, PATIENCE).stream(prompt(STORY));

    System.out.println(
        models.chat("unhurried", 2, PATIENCE).stream(prompt(STORY))
            .doOnNext(piece -> pause())
            .count()
            .block(PATIENCE));
    System.out.println(
        models.chat("cancelled", 2, PATIENCE).stream(prompt(STORY))
            .take(2)
            .count()
            .block(PATIENCE));
    broken("thrower", STORY, 2);
    broken("stream-exhausted", "Still busy? [throttle always]", 1);
    broken("stream-failed", "Are you well? [fail]", 1);
  }

  private static void pause() {
    try {
      Thread.sleep(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void broken(String model, String question, int retries) {
    try {
      models.chat(model, retries, PATIENCE).stream(prompt(question))
          .doOnNext(
              piece -> {
                throw new IllegalStateException("no appetite");
              })
          .blockLast(PATIENCE);
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  /** Calls the application's own model, which asks a second model when the first one fails. */
  private void router() {
    ChatModel router =
        router(models.chat("router-first", 0, PATIENCE), models.chat("router-second", 0, PATIENCE));
    System.out.println(router.call("Are you well? [fail]"));
    ChatModel streaming =
        router(
            models.chat("stream-router-first", 0, PATIENCE),
            models.chat("stream-router-second", 0, PATIENCE));
    System.out.println(
        streaming.stream(prompt("Are you well? [fail]")).count().block(PATIENCE) > 1);
  }

  private static ChatModel router(ChatModel first, ChatModel second) {
    return new ChatModel() {
      @Override
      public ChatResponse call(Prompt question) {
        try {
          return first.call(question);
        } catch (RuntimeException e) {
          return second.call(prompt("Are you better?"));
        }
      }

      @Override
      public Flux<ChatResponse> stream(Prompt question) {
        return first.stream(question).onErrorResume(e -> second.stream(prompt("Are you better?")));
      }
    };
  }

  private void concurrently(int calls) throws Exception {
    ChatModel model = models.chat("concurrent", 2, PATIENCE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String question = "Number " + i;
      answers.add(threads.submit(() -> model.call(question)));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
  }

  private void onVirtualThread() throws Exception {
    ChatModel model = models.chat("virtual", 2, PATIENCE);
    Runnable call = () -> System.out.println(model.call("Where?"));
    VirtualThreads.run(call);
  }
}
