package com.example.warehouse;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Questions that are answered. */
final class Questions {
  private final Models models;

  Questions(Models models) {
    this.models = models;
  }

  void chat() {
    Assistant assistant = models.assistant(models.chat("gpt-4o-mini"));
    for (String question : List.of("Who are you?", "When do you open?", "What do you sell?")) {
      System.out.println(assistant.answer(question));
    }
  }

  void tools() {
    Assistant assistant = models.assistant(models.chat("gpt-4o-mini"));
    System.out.println(assistant.answer("How many bolts? [use stockLevel item=bolts]"));
    System.out.println(assistant.answer("How much are bolts? [use price item=bolts]"));
    System.out.println(assistant.answer("How much is unobtainium? [use price item=unobtainium]"));
    System.out.println(
        assistant.answer("Both for nuts? [use stockLevel item=nuts] [use price item=nuts]"));
  }

  void throttled() {
    Assistant assistant = models.assistant(models.chat("gpt-4o-mini"));
    System.out.println(assistant.answer("Are you busy? [throttle once]"));
  }

  void streamed() throws Exception {
    Assistant.Live live = models.live(models.streaming("gpt-4o"));
    stream(live, "Tell me about the history of this warehouse");
    stream(live, "How many nuts? [use stockLevel item=nuts]");
  }

  private static void stream(Assistant.Live live, String question) throws Exception {
    AtomicInteger pieces = new AtomicInteger();
    StringBuffer text = new StringBuffer();
    CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
    live.answer(question)
        .onPartialResponse(
            piece -> {
              pieces.incrementAndGet();
              text.append(piece);
            })
        .onCompleteResponse(complete::complete)
        .onError(complete::completeExceptionally)
        .start();
    ChatResponse response = complete.get(30, TimeUnit.SECONDS);
    System.out.println(
        text
            + " ("
            + pieces
            + " pieces, "
            + response.tokenUsage().totalTokenCount()
            + " tokens in all)");
  }

  void embeddings() {
    EmbeddingModel model = models.embedding("text-embedding-3-small");
    print(model.embed("bolts").content());
    List<TextSegment> segments =
        List.of(TextSegment.from("nuts"), TextSegment.from("washers"), TextSegment.from("pins"));
    model.embedAll(segments).content().forEach(Questions::print);
  }

  private static void print(Embedding embedding) {
    System.out.println(embedding.vectorAsList());
  }
}
