package com.example.async;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.sse.HttpStreamingEvent;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import java.util.concurrent.Flow;

/** The application's own model that returns a publisher of its answer. */
final class OwnStream implements StreamingChatModel {
  private final Server server;
  private final String name;

  OwnStream(Server server, String name) {
    this.server = server;
    this.name = name;
  }

  @Override
  public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
    Flow.Publisher<HttpStreamingEvent> events =
        server.http.stream(server.chat(name, request, true));
    return subscriber -> events.subscribe(new Translation(subscriber));
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return ChatRequestParameters.builder().modelName(name).build();
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OPEN_AI;
  }

  /** Translates the server's events to the library's; a request for one event requests all. */
  private static final class Translation implements Flow.Subscriber<HttpStreamingEvent> {
    private final Flow.Subscriber<? super ChatModelStreamingEvent> subscriber;
    private final StringBuilder text = new StringBuilder();
    private JsonNode last;

    Translation(Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long events) {
              subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void cancel() {
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(HttpStreamingEvent event) {
      JsonNode piece = event instanceof ServerSentEvent sent ? Server.piece(sent) : null;
      if (piece == null) {
        return;
      }
      last = piece;
      String content = piece.at("/choices/0/delta/content").asText("");
      if (!content.isEmpty()) {
        text.append(content);
        subscriber.onNext(new PartialResponse(content));
      }
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onNext(
          new CompleteResponse(Server.answer(text.toString(), last.path("model").asText(), last)));
      subscriber.onComplete();
    }
  }
}
