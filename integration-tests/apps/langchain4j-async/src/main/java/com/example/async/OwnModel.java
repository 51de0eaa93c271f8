package com.example.async;

import dev.langchain4j.internal.RetryUtils;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.CompletableFuture;

/** A model of the application's own over the library's HTTP client. */
class OwnModel implements ChatModel {
  private final Server server;
  private final String name;
  private final int retries;

  OwnModel(Server server, String name, int retries) {
    this.server = server;
    this.name = name;
    this.retries = retries;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return Server.answer(server.http.execute(server.chat(name, request, false)));
  }

  @Override
  public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
    return RetryUtils.withRetryMappingExceptionsAsync(
        () -> server.http.executeAsync(server.chat(name, request, false)).thenApply(Server::answer),
        retries);
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return ChatRequestParameters.builder().modelName(name).build();
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OPEN_AI;
  }

  /** A model without an asynchronous client, so a thread waits for the answer. */
  static final class Blocking extends OwnModel {
    Blocking(Server server, String name) {
      super(server, name, 0);
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
      return CompletableFuture.supplyAsync(() -> doChat(request));
    }
  }

  /** Like {@link Blocking}, but overrides the public method above the library's own layer. */
  static final class BlockingAbove extends OwnModel {
    BlockingAbove(Server server, String name) {
      super(server, name, 0);
    }

    @Override
    public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
      return CompletableFuture.supplyAsync(() -> chat(request));
    }
  }

  /** Asks one model, and another one if the first fails. */
  static final class Fallback implements ChatModel {
    private final ChatModel first;
    private final ChatModel second;

    Fallback(ChatModel first, ChatModel second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
      return first
          .chatAsync(request)
          .exceptionallyCompose(e -> second.chatAsync(AsyncApp.request("Well?")));
    }

    @Override
    public ModelProvider provider() {
      return ModelProvider.OTHER;
    }
  }

  /** Asks another model on another thread. */
  static final class Later implements ChatModel {
    private final ChatModel other;

    Later(ChatModel other) {
      this.other = other;
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
      return CompletableFuture.supplyAsync(() -> other)
          .thenComposeAsync(model -> model.chatAsync(request));
    }
  }
}
