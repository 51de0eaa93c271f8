package com.example.providers;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Streamed answers of a provider's models. */
final class Streams {
  private static final String STORY = "Tell me about the history of this warehouse";

  private final String url;
  private final Provider provider;

  Streams(String url, Provider provider) {
    this.url = url;
    this.provider = provider;
  }

  void all() throws Exception {
    tell("first", "Are you there?", new Reader()); // loads classes for the next ones
    tell("streamed", STORY, new Reader());
    tell(
        "unhurried",
        STORY,
        new Reader() {
          @Override
          void read() throws Exception {
            Thread.sleep(60);
          }
        });
    tell(
        "thrower",
        STORY,
        new Reader() {
          @Override
          void read() {
            throw new IllegalStateException("no appetite");
          }
        });
    tell("stream-exhausted", "Still busy? [throttle always]", new Reader());
    tell("stream-failed", "Are you well? [fail]", new Reader());
    if (provider == Provider.OFFICIAL || provider == Provider.ANTHROPIC) {
      // The clients of these providers pass on an event about a limit.
      tell("stream-limited", STORY + " [limit]", new Reader());
    }
    if (provider != Provider.GENAI) { // which has no handle to cancel with
      cancelWithPiece();
      cancelBetweenPieces();
    }
  }

  private void tell(String scenario, String question, Reader reader) throws Exception {
    provider.streaming(url, provider.model(scenario)).chat(question, reader);
    System.out.println(scenario + " " + reader.end());
  }

  private void cancelWithPiece() throws Exception {
    CompletableFuture<StreamingHandle> cancelled = new CompletableFuture<>();
    provider
        .streaming(url, provider.model("cancelled"))
        .chat(
            STORY,
            new Reader() {
              @Override
              void take(StreamingHandle handle) {
                handle.cancel();
                cancelled.complete(handle);
              }
            });
    System.out.println(cancelled.get(30, TimeUnit.SECONDS).isCancelled());
  }

  private void cancelBetweenPieces() throws Exception {
    CompletableFuture<StreamingHandle> begun = new CompletableFuture<>();
    provider
        .streaming(url, provider.model("given-up"))
        .chat(
            STORY,
            new Reader() {
              @Override
              void take(StreamingHandle handle) {
                begun.complete(handle);
              }
            });
    StreamingHandle handle = begun.get(30, TimeUnit.SECONDS);
    Thread.sleep(10);
    handle.cancel();
    System.out.println(handle.isCancelled());
  }

  /** Reads to the end, unless a subclass stops earlier. */
  private static class Reader implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

    void read() throws Exception {}

    void take(StreamingHandle handle) {}

    private void readPiece() {
      try {
        read();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void onPartialResponse(String piece) {
      readPiece();
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
      readPiece();
      take(context.streamingHandle());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      complete.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      complete.completeExceptionally(error);
    }

    String end() throws Exception {
      try {
        return complete.get(30, TimeUnit.SECONDS).aiMessage().text();
      } catch (ExecutionException e) {
        return e.getCause().getClass().getName();
      }
    }
  }
}
