package com.example.openai;

import com.example.threads.VirtualThreads;
import com.openai.client.OpenAIClient;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Chat completions that are not streamed. */
final class Chats {
  private final OpenAIClient client;

  Chats(OpenAIClient client) {
    this.client = client;
  }

  static ChatCompletionCreateParams.Builder params(String model, String question) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(question);
  }

  /** Versions before 3 have no {@code withOptions}. */
  static OpenAIClient withRetries(OpenAIClient client, int retries) {
    Consumer<ClientOptions.Builder> options = builder -> builder.maxRetries(retries);
    try {
      Method withOptions = OpenAIClient.class.getMethod("withOptions", Consumer.class);
      return (OpenAIClient) withOptions.invoke(client, options);
    } catch (ReflectiveOperationException e) {
      return client;
    }
  }

  static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElse("nothing");
  }

  /** Sends six requests. */
  void succeed() throws Exception {
    ChatCompletionCreateParams params = params("success", "Who are you?").build();
    System.out.println(text(client.chat().completions().create(params)));
    System.out.println(text(withRetries(client, 0).chat().completions().create(params)));
    try (HttpResponseFor<ChatCompletion> raw =
        client.chat().completions().withRawResponse().create(params)) {
      System.out.println(raw.statusCode() + " " + text(raw.parse()) + " " + (raw.parse() != null));
    }
    System.out.println(
        text(client.async().chat().completions().create(params).get(30, TimeUnit.SECONDS)));
    System.out.println(
        text(
            client
                .async()
                .chat()
                .completions()
                .withRawResponse()
                .create(params)
                .get(30, TimeUnit.SECONDS)
                .parse()));
    System.out.println(
        client
            .async()
            .chat()
            .completions()
            .create(params)
            .thenApply(Chats::text)
            .get(30, TimeUnit.SECONDS));
    try (HttpResponseFor<ChatCompletion> raw =
        client
            .chat()
            .completions()
            .withRawResponse()
            .create(params("unparsed", "Who are you?").build())) {
      System.out.println(raw.body().readAllBytes().length > 100);
    }
  }

  void roundTrip() {
    Map<String, Object> parameters =
        Map.of("type", "object", "properties", Map.of("item", Map.of("type", "string")));
    Map<String, Object> tool =
        Map.of("type", "function", "function", Map.of("name", "price", "parameters", parameters));
    // Built from JSON, since the types of tools differ between versions.
    ChatCompletionCreateParams.Builder params =
        params("tools", "How much are bolts? [use price item=bolts]")
            .putAdditionalBodyProperty("tools", JsonValue.from(List.of(tool)));
    ChatCompletion first = client.chat().completions().create(params.build());
    params.addMessage(first.choices().get(0).message());
    System.out.println(first.choices().get(0).message().toolCalls().isPresent());
    params.addMessage(
        ChatCompletionToolMessageParam.builder().toolCallId("call_0").content("0.12 EUR").build());
    System.out.println(text(client.chat().completions().create(params.build())));
  }

  void throttledOnce() throws Exception {
    ChatCompletionCreateParams params = params("throttled", "Busy? [throttle once]").build();
    System.out.println(text(client.chat().completions().create(params)));
    System.out.println(
        text(client.async().chat().completions().create(params).get(30, TimeUnit.SECONDS)));
  }

  /** Reads an answer that lacks fields: the client throws only when a missing field is read. */
  void bare() {
    ChatCompletionCreateParams params = params("bare", "Well? [bare]").build();
    ChatCompletion completion = client.chat().completions().create(params);
    System.out.println(text(completion) + " " + completion.usage().isPresent());
    try {
      System.out.println(completion.model());
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getName());
    }
  }

  private CompletableFuture<ChatCompletion> later(String model) {
    return client.async().chat().completions().create(params(model, "Awake? [slow 60000]").build());
  }

  void cancelledFuture() {
    ChatCompletionCreateParams params = params("given-up", "Awake? [slow 3000]").build();
    CompletableFuture<HttpResponseFor<ChatCompletion>> future =
        client.async().chat().completions().withRawResponse().create(params);
    System.out.println(future.cancel(true) + " " + future.isCancelled());
    CompletableFuture<ChatCompletion> parsed = later("given-up-parsed");
    System.out.println(parsed.cancel(true) + " " + parsed.isCancelled());
    try {
      later("given-up-late").orTimeout(300, TimeUnit.MILLISECONDS).join();
    } catch (RuntimeException e) {
      System.out.println(e.getCause().getClass().getName());
    }
  }

  void fails(String model, String question) {
    try {
      System.out.println(text(client.chat().completions().create(params(model, question).build())));
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
    try {
      client.async().chat().completions().create(params(model, question).build()).join();
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getCause().getClass().getName());
    }
  }

  void concurrently(int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      ChatCompletionCreateParams params = params("concurrent", "Number " + i).build();
      answers.add(threads.submit(() -> text(client.chat().completions().create(params))));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
  }

  void onVirtualThread() throws Exception {
    Runnable call =
        () ->
            System.out.println(
                text(client.chat().completions().create(params("virtual", "Where?").build())));
    VirtualThreads.run(call);
  }
}
