package com.example.experiments;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What one user does: some questions, one that needs a tool, and both again with streamed answers,
 * which come on other threads; then questions to the application's own model and tool.
 */
final class Visit {
  private static final String WITH_TOOL = "How many bolts? [use stockLevel item=bolts]";

  private final ChatModel model;
  private final StreamingChatModel streaming;
  private final OwnModel own = new OwnModel();
  private final OwnTool tool = new OwnTool();

  Visit(ChatModel model, StreamingChatModel streaming) {
    this.model = model;
    this.streaming = streaming;
  }

  void take(int questions) throws Exception {
    for (int i = 0; i < questions; i++) {
      model.chat("Who are you?");
    }
    Assistant assistant =
        AiServices.builder(Assistant.class).chatModel(model).tools(new Stock()).build();
    assistant.answer(WITH_TOOL);
    streamed();
    streamedWithTool();
    own.complete("one");
    own.later("two").get(30, TimeUnit.SECONDS);
    tool.look("bolts");
  }

  private void streamed() throws Exception {
    CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
    streaming.chat(
        "Tell me about bolts",
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String piece) {
            // Only the end matters.
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            complete.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            complete.completeExceptionally(error);
          }
        });
    complete.get(30, TimeUnit.SECONDS);
  }

  /** The tool and the second request are called on the thread that got the first answer. */
  private void streamedWithTool() throws Exception {
    CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
    AiServices.builder(Assistant.Live.class)
        .streamingChatModel(streaming)
        .tools(new Stock())
        .build()
        .answer(WITH_TOOL)
        .onPartialResponse(piece -> {})
        .onCompleteResponse(complete::complete)
        .onError(complete::completeExceptionally)
        .start();
    complete.get(30, TimeUnit.SECONDS);
  }
}
