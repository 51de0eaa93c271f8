package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.example.threads.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Messages that are not streamed. */
final class Chats {
  private final AnthropicClient client;

  Chats(AnthropicClient client) {
    this.client = client;
  }

  static MessageCreateParams params(String model, String question) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(100)
        .addUserMessage(question)
        .build();
  }

  static com.anthropic.models.beta.messages.MessageCreateParams beta(
      String model, String question) {
    return com.anthropic.models.beta.messages.MessageCreateParams.builder()
        .model(model)
        .maxTokens(100)
        .addUserMessage(question)
        .build();
  }

  private static String text(Message message) {
    return message.content().get(0).asText().text();
  }

  /** Sends three messages, and two of the beta API. */
  void succeed() throws Exception {
    MessageCreateParams params = params("success", "Who are you?");
    System.out.println(text(client.messages().create(params)));
    try (HttpResponseFor<Message> raw = client.messages().withRawResponse().create(params)) {
      System.out.println(raw.statusCode() + " " + text(raw.parse()));
    }
    System.out.println(text(client.async().messages().create(params).get(30, TimeUnit.SECONDS)));
    System.out.println(
        client.beta().messages().create(beta("beta", "Beta?")).content().get(0).isText());
    System.out.println(
        client
            .async()
            .beta()
            .messages()
            .create(beta("beta", "Beta?"))
            .get(30, TimeUnit.SECONDS)
            .content()
            .get(0)
            .isText());
  }

  void roundTrip() {
    String question = "How much are bolts? [use price item=bolts]";
    System.out.println(
        client.messages().create(params("tools", question)).content().get(0).isToolUse());
    Map<String, Object> result =
        Map.of("type", "tool_result", "tool_use_id", "toolu_1", "content", "0.12 EUR");
    // Built from JSON, since the types of messages differ between versions.
    MessageCreateParams second =
        params("tools", question).toBuilder()
            .putAdditionalBodyProperty(
                "messages",
                JsonValue.from(
                    List.of(
                        Map.of("role", "user", "content", question),
                        Map.of("role", "user", "content", List.of(result)))))
            .build();
    System.out.println(text(client.messages().create(second)));
  }

  void throttledOnce() throws Exception {
    MessageCreateParams params = params("throttled", "Busy? [throttle once]");
    System.out.println(text(client.messages().create(params)));
    System.out.println(text(client.async().messages().create(params).get(30, TimeUnit.SECONDS)));
  }

  /** Reads an answer that lacks fields: the client throws only when a missing field is read. */
  void bare() {
    Message message = client.messages().create(params("bare", "Well? [bare]"));
    System.out.println(text(message));
    try {
      System.out.println(message.usage());
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
  }

  private CompletableFuture<Message> later(String model) {
    return client.async().messages().create(params(model, "Awake? [slow 60000]"));
  }

  void cancelledFuture() {
    CompletableFuture<HttpResponseFor<Message>> future =
        client
            .async()
            .messages()
            .withRawResponse()
            .create(params("given-up", "Awake? [slow 3000]"));
    System.out.println(future.cancel(true) + " " + future.isCancelled());
    CompletableFuture<Message> parsed = later("given-up-parsed");
    System.out.println(parsed.cancel(true) + " " + parsed.isCancelled());
    try {
      later("given-up-late").orTimeout(300, TimeUnit.MILLISECONDS).join();
    } catch (RuntimeException e) {
      System.out.println(e.getCause().getClass().getName());
    }
  }

  void fails(String model, String question) {
    try {
      System.out.println(text(client.messages().create(params(model, question))));
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
    try {
      client.async().messages().create(params(model, question)).join();
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getCause().getClass().getName());
    }
  }

  void concurrently(int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      MessageCreateParams params = params("concurrent", "Number " + i);
      answers.add(threads.submit(() -> text(client.messages().create(params))));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
  }

  void onVirtualThread() throws Exception {
    Runnable call =
        () -> System.out.println(text(client.messages().create(params("virtual", "Where?"))));
    VirtualThreads.run(call);
  }
}
