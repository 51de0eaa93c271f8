package com.example.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.concurrent.TimeUnit;

/** Responses and embeddings. */
final class OtherApis {
  private final OpenAIClient client;

  OtherApis(OpenAIClient client) {
    this.client = client;
  }

  void all() throws Exception {
    ResponseCreateParams question =
        ResponseCreateParams.builder().model("responses").input("Who are you?").build();
    System.out.println(client.responses().create(question).output().size());
    System.out.println(
        client.async().responses().create(question).get(30, TimeUnit.SECONDS).output().size());

    ResponseCreateParams story =
        ResponseCreateParams.builder().model("responses-streamed").input("A story?").build();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(story)) {
      System.out.println(events.stream().filter(ResponseStreamEvent::isOutputTextDelta).count());
    }
    client
        .async()
        .responses()
        .createStreaming(story)
        .subscribe(event -> {})
        .onCompleteFuture()
        .get(30, TimeUnit.SECONDS);

    limited("responses-limited", "A story? [limit]");
    limited("responses-limit-failed", "A story? [limit failed]");

    EmbeddingCreateParams text =
        EmbeddingCreateParams.builder().model("text-embedding-3-small").input("bolts").build();
    System.out.println(client.embeddings().create(text).data().size());
    System.out.println(
        client.async().embeddings().create(text).get(30, TimeUnit.SECONDS).data().size());
    embed("embedding-throttled", "bolts [throttle once]");
    embed("embedding-exhausted", "bolts [throttle always]");
    embed("embedding-failed", "bolts [fail]");
    embed("embedding-malformed", "bolts [malformed]");
  }

  /**
   * Reads a stream with an event about a limit, which the client passes on like any other event.
   */
  private void limited(String model, String question) {
    ResponseCreateParams story =
        ResponseCreateParams.builder().model(model).input(question).build();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(story)) {
      System.out.println(events.stream().count());
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }

  private void embed(String model, String text) {
    try {
      EmbeddingCreateParams input =
          EmbeddingCreateParams.builder().model(model).input(text).build();
      System.out.println(client.embeddings().create(input).data().size());
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }
}
