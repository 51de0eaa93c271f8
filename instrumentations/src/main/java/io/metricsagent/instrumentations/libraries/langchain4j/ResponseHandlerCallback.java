package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.RunCarrier;
import io.metricsagent.instrumentations.calls.RunStream;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamCallback;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Watches a {@code StreamingChatResponseHandler}, or a {@code StreamingResponseHandler} of 0.x,
 * through a {@link Proxy}.
 *
 * <p>The agent has no class that implements the interface, because new versions of the library add
 * default methods to it (cancellation handles, thinking, raw events): a class written for one
 * version would not pass on the methods of the next.
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
  static ResponseHandlerCallback ofGenerate(Telemetry telemetry) {
    return new ResponseHandlerCallback(
        "StreamingResponseHandler", new StreamingHandles(telemetry.events()));
  }

  @Override
  public Object watch(Object callback, OpenStream stream) {
    return new Watch(callback, stream, handles).as(type);
  }

  private static final class Watch extends StandIn {
    /**
     * A call of the callback, on a thread that works for a run and its stream, and for an
     * experiment, meanwhile.
     */
    private record InRun(Call call, RunCarrier run, RunStream stream, Object[] before)
        implements Call {
      InRun(Call call, RunCarrier run, RunStream stream) {
        this(call, run, stream, new Object[2]);
      }

      @Override
      public void before(Object[] args) throws Throwable {
        before[0] = run.attach();
        before[1] = FrameStack.current().follow(stream);
        call.before(args);
      }

      @Override
      public Object after(Object result, Throwable thrown) throws Throwable {
        try {
          return call.after(result, thrown);
        } finally {
          FrameStack.current().follow((RunStream) before[1]);
          run.detach(before[0]);
        }
      }
    }

    /** A limit, because a chain of causes may be a cycle. */
    private static final int MAX_CAUSES = 10;

    private final OpenStream stream;
    private final StreamingHandles handles;

    /** The experiment of the request; {@code null} for that of the settings. */
    private final String experiment;

    /** The stream with which a run ends that the request belongs to; {@code null} if none. */
    private final RunStream ofRun;

    /**
     * The exception that the application threw for a piece. The library then ends the stream with
     * this exception as the error.
     */
    private volatile Throwable refusal;

    /** When the last call of the callback began; one thread at a time calls a callback. */
    private long startNanos;

    Watch(Object callback, OpenStream stream, StreamingHandles handles) {
      super(callback);
      this.stream = stream;
      this.handles = handles;
      experiment = stream.experiment();
      ofRun = stream.run() == null ? null : FrameStack.current().stream();
      if (ofRun != null) {
        ofRun.requested();
      }
    }

    /** The callback works for what its request works for: for example, it makes the next one. */
    @Override
    protected Call around(Method method) {
      Call watched = super.around(method);
      return stream.run() == null && experiment == null
          ? watched
          : new InRun(watched, RunCarrier.of(stream.run(), experiment), ofRun);
    }

    @Override
    protected void calling(String method, Object[] args) {
      startNanos = System.nanoTime(); // comes first, because the code below may throw
      switch (method) {
        // The request ends before the callback runs, because the callback's work, such as the next
        // round of a tool loop, is not part of the request.
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
            handles.seen(args[1], stream, ofRun);
          }
          stream.content();
        }
        case "onNext" -> {
          // The first piece has an empty text and the role.
          if (args[0] instanceof String text && !text.isEmpty()) {
            stream.content();
          }
        }
        case "onCompleteToolCall" -> {
          // If the library reports the pieces of a tool call, they have arrived before.
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

    /** Returns whether the application's exception is the error, or one of its causes. */
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
