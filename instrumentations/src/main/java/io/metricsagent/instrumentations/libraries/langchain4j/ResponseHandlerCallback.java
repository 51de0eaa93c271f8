package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamCallback;
import java.lang.reflect.Proxy;

/**
 * Watches a {@code StreamingChatResponseHandler}, or a {@code StreamingResponseHandler} of 0.x,
 * through a {@link Proxy}.
 *
 * <p>A proxy and not a class that implements the interface: the interface gains default methods
 * from version to version (cancellation handles, thinking, raw events), and a class written against
 * one version would swallow those of the next.
 */
final class ResponseHandlerCallback implements StreamCallback {
  private final String type;
  private final StreamingHandles handles;

  ResponseHandlerCallback(StreamingHandles handles) {
    this("StreamingChatResponseHandler", handles);
  }

  private ResponseHandlerCallback(String type, StreamingHandles handles) {
    this.type = type;
    this.handles = handles;
  }

  /** Returns a watch for the handlers of 0.x, which know of no handle to cancel with. */
  static ResponseHandlerCallback ofGenerate() {
    return new ResponseHandlerCallback("StreamingResponseHandler", new StreamingHandles());
  }

  @Override
  public Object watch(Object callback, OpenStream stream) {
    return new Watch(callback, stream, handles).as(type);
  }

  private static final class Watch extends StandIn {
    /** A chain of causes may be a ring. */
    private static final int MAX_CAUSES = 10;

    private final OpenStream stream;
    private final StreamingHandles handles;

    /** What the application threw at a piece: the library makes an error of the stream of it. */
    private volatile Throwable refusal;

    /** When the last call began; a callback is called by one thread at a time. */
    private long startNanos;

    Watch(Object callback, OpenStream stream, StreamingHandles handles) {
      super(callback);
      this.stream = stream;
      this.handles = handles;
    }

    @Override
    protected void calling(String method, Object[] args) {
      startNanos = System.nanoTime(); // where what follows fails
      switch (method) {
        // The response is complete when the callback is told so: what it does then, such as the
        // next round of a tool loop, is no part of it.
        case "onCompleteResponse", "onComplete" -> stream.completed(args[0]);
        case "onError" -> {
          if (isRefusal((Throwable) args[0])) {
            stream.closed();
          } else {
            stream.failed((Throwable) args[0]);
          }
        }
        case "onPartialResponse", "onPartialThinking", "onPartialToolCall" -> {
          if (args.length == 2) {
            handles.seen(args[1], stream);
          }
          stream.content();
        }
        case "onNext" -> {
          // The first one is empty: it comes with the role.
          if (args[0] instanceof String text && !text.isEmpty()) {
            stream.content();
          }
        }
        case "onCompleteToolCall" -> {
          // What it is made of came before, if the library tells pieces of it.
          if (!stream.hasContent()) {
            stream.content();
          }
        }
        default -> {}
      }
      startNanos = System.nanoTime();
    }

    @Override
    protected void thrown(String method, Throwable error) {
      refusal = error;
      stream.handled(System.nanoTime() - startNanos);
    }

    @Override
    protected Object returned(String method, Object result) {
      stream.handled(System.nanoTime() - startNanos);
      return result;
    }

    /** Whether an error is, or is about, what the application threw. */
    private boolean isRefusal(Throwable error) {
      Throwable thrown = refusal;
      Throwable cause = error;
      for (int i = 0; thrown != null && cause != null && i < MAX_CAUSES; i++) {
        if (cause == thrown) {
          return true;
        }
        cause = cause.getCause();
      }
      return false;
    }
  }
}
