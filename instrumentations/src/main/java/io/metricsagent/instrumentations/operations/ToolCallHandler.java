package io.metricsagent.instrumentations.operations;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that runs a tool. A tool frame directly inside another one is the same call seen by an
 * inner layer: an exception there tells the kind of failure that the outer layer turns into text.
 */
public final class ToolCallHandler extends SiteHandler {
  private final ToolDecoder decoder;
  private final Registry registry;

  /** Makes a handler for the tools that {@code decoder} understands. */
  public ToolCallHandler(ToolDecoder decoder, Recording recording) {
    this.decoder = decoder;
    this.registry = recording.registry();
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    FrameStack stack = FrameStack.current();
    Frame top = stack.top();
    boolean inner = top != null && top.kind == Frame.Kind.TOOL;
    return stack.push(Frame.Kind.TOOL, inner ? top.root : null, self, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    long now = System.nanoTime();
    Frame frame = (Frame) token;
    if (!FrameStack.current().pop(frame)) {
      return result;
    }
    Throwable failure = thrown == null ? frame.innerFailure : thrown;
    if (!frame.isRoot()) {
      frame.parent.innerFailure = failure;
    } else {
      record(frame, now - frame.startNanos, result, thrown, failure);
    }
    frame.end();
    return result;
  }

  private void record(Frame frame, long nanos, Object result, Throwable thrown, Throwable failure) {
    ToolMetrics tool = registry.tool(decoder.name(frame.self, frame.argument));
    if (thrown == null && !decoder.isFailure(result, failure)) {
      tool.recordSuccess(nanos);
    } else {
      tool.recordFailure(nanos, decoder.errorCode(failure));
    }
  }
}
