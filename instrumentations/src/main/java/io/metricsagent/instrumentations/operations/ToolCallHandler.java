package io.metricsagent.instrumentations.operations;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.TraceContext;
import java.util.concurrent.CompletionStage;

/**
 * A method that runs a tool.
 *
 * <p>A tool frame directly inside another one of the same tool, or of a layer that does not know
 * the tool's name, is the same call seen by an inner layer: an exception there tells the kind of
 * failure that the outer layer turns into text. Another tool inside is a call of its own.
 */
public final class ToolCallHandler extends SiteHandler {
  private final ToolDecoder decoder;
  private final Registry registry;
  private final ActiveSpans spans;

  /** Makes a handler for the tools that {@code decoder} understands. */
  public ToolCallHandler(ToolDecoder decoder, Recording recording) {
    this.decoder = decoder;
    registry = recording.registry();
    spans = recording.spans();
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    boolean inTool = top != null && top.kind == Frame.Kind.TOOL;
    String tool = decoder.name(self, arg0);
    if (tool == null && !inTool) {
      return null;
    }
    boolean inner = inTool && (tool == null || tool.equals(top.root.tool));
    if (!inner) {
      ToolLoopHandler.toolBegins(stack, top);
    }
    Frame frame = stack.push(Frame.Kind.TOOL, inner ? top.root : null, null, null);
    if (frame != null) {
      frame.tool = tool;
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Frame frame = (Frame) token;
    if (!FrameStack.current().pop(frame)) {
      return result;
    }
    Throwable failure = thrown == null ? frame.innerFailure : thrown;
    if (frame.isRoot()) {
      ToolLoopHandler.toolEnded(frame.parent, now);
    }
    if (!frame.isRoot()) {
      frame.parent.innerFailure = failure;
    } else if (thrown == null && result instanceof CompletionStage<?> stage) {
      String tool = frame.tool;
      long start = frame.startNanos;
      TraceContext trace = spans.current();
      stage.whenComplete(
          (value, error) -> {
            long nanos = System.nanoTime() - start;
            ToolMetrics series = registry.tool(tool);
            spans.exemplify(series, trace, nanos, record(series, nanos, value, error, error));
          });
    } else {
      long nanos = now - frame.startNanos;
      ToolMetrics series = registry.tool(frame.tool);
      spans.exemplify(series, nanos, record(series, nanos, result, thrown, failure));
    }
    frame.end();
    return result;
  }

  /** Returns the code of a failure, or {@code null} for success. */
  private String record(
      ToolMetrics series, long nanos, Object result, Throwable thrown, Throwable failure) {
    if (thrown == null && !decoder.isFailure(result, failure)) {
      series.recordSuccess(nanos);
      return null;
    }
    String code = decoder.errorCode(failure);
    series.recordFailure(nanos, code);
    return code == null ? ToolSnapshot.NO_CODE : code;
  }
}
