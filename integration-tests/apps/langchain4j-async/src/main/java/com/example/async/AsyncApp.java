package com.example.async;

import com.example.threads.VirtualThreads;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.router.ChatModelRouter;
import dev.langchain4j.model.chat.router.ChatModelRoutingRequest;
import dev.langchain4j.model.chat.router.ChatModelRoutingResult;
import dev.langchain4j.model.chat.router.RoutingChatModel;
import dev.langchain4j.model.chat.router.RoutingStreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code java -jar langchain4j-async.jar <base URL>}: each scenario has models of its own. */
public final class AsyncApp {
  private final Server server;

  private AsyncApp(String url) {
    server = new Server(url);
  }

  /** See the class. */
  public static void main(String[] args) {
    int status = 0;
    try {
      new AsyncApp(args[0]).all();
    } catch (Exception e) {
      e.printStackTrace();
      status = 1;
    }
    System.exit(status);
  }

  private void all() throws Exception {
    ChatModel success = model("success", 0);
    System.out.println(success.chat("Who are you?"));
    System.out.println(await(success.chatAsync("When do you open?")));
    System.out.println(await(success.chatAsync(List.of(UserMessage.from("And close?")))));
    fail(model("throttled", 2).chatAsync("Busy? [throttle once]"));
    fail(model("exhausted", 1).chatAsync("Still busy? [throttle always]"));
    fail(model("failed", 1).chatAsync("Are you well? [fail]"));
    fail(model("malformed", 0).chatAsync("What did you say? [malformed]"));
    concurrently();
    VirtualThreads.run(() -> fail(model("virtual", 0).chatAsync("Where?")));
    fail(new OwnModel.Blocking(server, "blocking").chatAsync("Who waits?"));
    manyBlocking();
    fail(new Unable().chatAsync("Can you?"));
    giveUp();
    routers();
    embeddings();
    new Publishers(server).all();
  }

  private ChatModel model(String name, int retries) {
    return new OwnModel(server, name, retries);
  }

  /** A model without asynchronous methods. */
  private static final class Unable implements ChatModel {}

  private static <T> T await(CompletableFuture<T> answer) throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  static void fail(CompletableFuture<?> answer) {
    try {
      System.out.println(await(answer) != null);
    } catch (Exception e) {
      System.out.println(e.getCause() == null ? e : e.getCause().getClass().getName());
    }
  }

  private void concurrently() throws Exception {
    ChatModel model = model("concurrent", 0);
    List<CompletableFuture<String>> answers =
        Stream.iterate(0, i -> i + 1).limit(32).map(i -> model.chatAsync("Number " + i)).toList();
    for (CompletableFuture<String> answer : answers) {
      await(answer);
    }
  }

  /** Sends the same request to several models at once. */
  private void manyBlocking() {
    ChatRequest request = request("Who knows?");
    List<CompletableFuture<ChatResponse>> answers =
        Stream.of("above-first", "above-second")
            .map(name -> new OwnModel.BlockingAbove(server, name).chatAsync(request))
            .toList();
    answers.forEach(AsyncApp::fail);
  }

  private void giveUp() {
    CompletableFuture<ChatResponse> answer =
        model("given-up", 0).chatAsync(request("Awake? [slow 2000]"));
    System.out.println(answer.cancel(true));
    fail(
        model("given-up-late", 0)
            .chatAsync(request("Awake? [slow 3000]"))
            .orTimeout(300, TimeUnit.MILLISECONDS));
  }

  static ChatRequest request(String question) {
    return ChatRequest.builder().messages(UserMessage.from(question)).build();
  }

  /** A router that chooses a model on another thread. */
  private static final class Easy implements ChatModelRouter {
    @Override
    public ChatModelRoutingResult route(ChatModelRoutingRequest request) {
      return ChatModelRoutingResult.route("easy");
    }

    @Override
    public CompletableFuture<ChatModelRoutingResult> routeAsync(ChatModelRoutingRequest request) {
      return CompletableFuture.supplyAsync(() -> route(request));
    }
  }

  private void routers() throws Exception {
    ChatModel router =
        RoutingChatModel.builder()
            .route("easy", "easy questions", model("routed", 0))
            .route("hard", "hard questions", model("not-routed", 0))
            .router(new Easy())
            .defaultRoute("easy")
            .build();
    System.out.println(await(router.chatAsync(request("Easy?"))).aiMessage().text());
    System.out.println(router.chat("Easy?"));
    fail(
        new OwnModel.Fallback(model("fallback-first", 0), model("fallback-second", 0))
            .chatAsync("Are you well? [fail]"));
    fail(new OwnModel.Later(model("later", 0)).chatAsync("Now?"));
  }

  private void embeddings() {
    EmbeddingModel model = new OwnEmbeddings(server, "embedding", 0);
    System.out.println(model.embed("bolts").content().dimension());
    fail(model.embedAsync(EmbeddingRequest.builder().input("nuts").build()));
    fail(
        new OwnEmbeddings(server, "embedding-throttled", 2)
            .embedAsync(EmbeddingRequest.builder().input("nuts [throttle once]").build()));
  }

  /** Returns the router with its static type. */
  static StreamingChatModel routed(StreamingChatModel model, StreamingChatModel other) {
    return RoutingStreamingChatModel.builder()
        .route("easy", "easy questions", model)
        .route("hard", "hard questions", other)
        .router(new Easy())
        .defaultRoute("easy")
        .build();
  }
}
