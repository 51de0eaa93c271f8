package com.example.async;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModelHelper;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.PartialResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Streamed answers. */
final class Publishers {
  private static final String STORY = "Tell me about the history of this warehouse";

  private final Server server;

  Publishers(Server server) {
    this.server = server;
  }

  private StreamingChatModel model(String name) {
    return new OwnStream(server, name);
  }

  void all() {
    read(model("first"), "Are you there?"); // loads classes for the next ones
    Flow.Publisher<ChatModelStreamingEvent> story = model("streamed").chat(AsyncApp.request(STORY));
    AsyncApp.fail(subscribe(story, false));
    AsyncApp.fail(subscribe(story, false));
    model("unsubscribed").chat(AsyncApp.request(STORY));
    read(model("stream-exhausted"), "Still busy? [throttle always]");
    read(model("stream-failed"), "Are you well? [fail]");
    AsyncApp.fail(subscribe(model("cancelled").chat(AsyncApp.request(STORY)), true));
    AsyncApp.fail(
        StreamingChatModelHelper.chatAsync(
            model("collected"), AsyncApp.request("What do you sell?")));
    read(AsyncApp.routed(model("stream-routed"), model("stream-not-routed")), STORY);
    read(new StreamingChatModel() {}, "Can you?");
  }

  private static void read(StreamingChatModel model, String question) {
    AsyncApp.fail(subscribe(model.chat(AsyncApp.request(question)), false));
  }

  private static CompletableFuture<String> subscribe(
      Flow.Publisher<ChatModelStreamingEvent> events, boolean cancels) {
    CompletableFuture<String> end = new CompletableFuture<>();
    events.subscribe(
        new Flow.Subscriber<>() {
          private Flow.Subscription subscription;

          @Override
          public void onSubscribe(Flow.Subscription made) {
            subscription = made;
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(ChatModelStreamingEvent event) {
            if (cancels && event instanceof PartialResponse) {
              subscription.cancel();
              end.complete("cancelled");
            }
          }

          @Override
          public void onError(Throwable error) {
            end.completeExceptionally(error);
          }

          @Override
          public void onComplete() {
            end.complete("complete");
          }
        });
    return end;
  }
}
