package com.example.providers;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Models that call models. */
final class Agents {
  private final String url;

  Agents(String url) {
    this.url = url;
  }

  private ChatModel model(String name) {
    return Provider.OFFICIAL.chat(url, name, 0);
  }

  void all() throws Exception {
    toolThatAsksAModel();
    router();
    streamingRouter();
    guarded();
    concurrentTools();
    unknownTool();
  }

  /** The planner's tool asks the expert. */
  private void toolThatAsksAModel() {
    ProvidersApp.Assistant planner =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("planner"))
            .tools(
                new Object() {
                  @Tool("Asks the expert")
                  String expert(String why) {
                    return model("expert").chat("Why " + why);
                  }
                })
            .build();
    System.out.println(planner.answer("Plan! [use expert why=bolts]"));
  }

  /** The application's own model, which asks a second model when the first one fails. */
  private void router() {
    ChatModel first = model("router-first");
    ChatModel second = model("router-second");
    ChatModel router =
        new ChatModel() {
          @Override
          public ChatResponse chat(ChatRequest request) {
            try {
              return first.chat(request);
            } catch (RuntimeException e) {
              return second.chat("Are you better?").isEmpty()
                  ? null
                  : second.chat(request("Well?"));
            }
          }
        };
    System.out.println(router.chat("Are you well? [fail]"));
  }

  /**
   * Like {@link #router}, but streamed: the second model is asked on the thread on which the first
   * one failed.
   */
  private void streamingRouter() throws Exception {
    StreamingChatModel first = Provider.OFFICIAL.streaming(url, "stream-router-first");
    StreamingChatModel second = Provider.OFFICIAL.streaming(url, "stream-router-second");
    StreamingChatModel router =
        new StreamingChatModel() {
          @Override
          public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
            first.chat(request, new Answer(handler, e -> second.chat(request("Well?"), handler)));
          }
        };
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    router.chat(request("Are you well? [fail]"), new Answer(answer));
    System.out.println(answer.get(30, TimeUnit.SECONDS).aiMessage().text());
  }

  /** Passes a whole answer to one consumer, and a failure to another one. */
  private record Answer(Consumer<ChatResponse> complete, Consumer<Throwable> failed)
      implements StreamingChatResponseHandler {
    Answer(CompletableFuture<ChatResponse> answer) {
      this(answer::complete, answer::completeExceptionally);
    }

    Answer(StreamingChatResponseHandler handler, Consumer<Throwable> failed) {
      this(handler::onCompleteResponse, failed);
    }

    @Override
    public void onPartialResponse(String piece) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {
      complete.accept(response);
    }

    @Override
    public void onError(Throwable error) {
      failed.accept(error);
    }
  }

  /** A model that asks a first model whether it may ask the second one. */
  private void guarded() {
    ChatModel guard = model("guard");
    ChatModel guarded = model("guarded");
    ChatModel both =
        new ChatModel() {
          @Override
          public ChatResponse chat(ChatRequest request) {
            return guard.chat("May I?").isEmpty() ? null : guarded.chat(request);
          }
        };
    System.out.println(both.chat("What do you sell?"));
  }

  private static ChatRequest request(String question) {
    return ChatRequest.builder()
        .messages(dev.langchain4j.data.message.UserMessage.from(question))
        .build();
  }

  private void concurrentTools() {
    ProvidersApp.Assistant assistant =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("concurrent-tools"))
            .tools(new Tools())
            .executeToolsConcurrently()
            .build();
    System.out.println(
        assistant.answer("Both? [use price item=nuts] [use stock item=nuts]").contains("nuts"));
  }

  private void unknownTool() {
    ProvidersApp.Assistant assistant =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("dreamer"))
            .tools(new Tools())
            .hallucinatedToolNameStrategy(
                request -> ToolExecutionResultMessage.from(request, "no such tool"))
            .build();
    System.out.println(assistant.answer("Dream! [use unicorn item=horn]"));
  }
}
