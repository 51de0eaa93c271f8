package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamCallback;
import java.lang.reflect.Proxy;

/**
 * Watches a {@code StreamingChatResponseHandler}, or a {@code StreamingResponseHandler} of 0.x,
 * through a {@link Proxy}.
 *
 * <p>No class implements the interface, because the interface gains default methods from version to
 * version (cancellation handles, thinking, raw events): a class written against one version would
 * not pass on those of the next.
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

  /** Returns a watch for the handlers of 0.x, which get no handle to cancel with. */
  static ResponseHandlerCallback ofGenerate() {
    return new ResponseHandlerCallback("StreamingResponseHandler", new StreamingHandles());
  }

  @Override
  public Object watch(Object callback, OpenStream stream) {
    return new Watch(callback, stream, handles).as(type);
  }

  private static final class Watch extends StandIn {
    /** A limit, because a chain of causes may be a cycle. */
    private static final int MAX_CAUSES = 10;

    private final OpenStream stream;
    private final StreamingHandles handles;

    /**
     * The exception that the application threw for a piece: the library ends the stream with it as
     * its error.
     */
    private volatile Throwable refusal;

    /** The start of the last call; a callback is called by one thread at a time. */
    private long startNanos;

    Watch(Object callback, OpenStream stream, StreamingHandles handles) {
      super(callback);
      this.stream = stream;
      this.handles = handles;
    }

    @Override
    protected void calling(String method, Object[] args) {
      startNanos = System.nanoTime(); // in case the code below throws
      switch (method) {
        // The request ends before the callback runs: the callback's work, such as the next round of
        // a tool loop, is not part of it.
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
          // The first text is empty: it comes with the role.
          if (args[0] instanceof String text && !text.isEmpty()) {
            stream.content();
          }
        }
        case "onCompleteToolCall" -> {
          // If the library reports the pieces of a tool call, they came before.
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

    /**
     * Returns whether an error is the application's exception, or has it in its chain of causes.
     */
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
