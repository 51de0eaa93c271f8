package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LoopFrame;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * A method in which a library runs the tools that a model asked for: one round of them, or a loop
 * of requests and tools.
 *
 * <p>The tool phase of a model's answer is the wall-clock time from the begin of its first tool to
 * the end of its last, because tools of one answer may run side by side. The phase is recorded for
 * the series of the request that asked for the tools. Tools that run outside of such a method are
 * counted as tool calls, but for no tool phase, because the request that asked is not known.
 */
public final class ToolLoopHandler extends FrameHandler<LoopFrame> {
  /** Tells which answer the tools of a round belong to. Stateless. */
  public interface Round {
    /** Returns the answer among the arguments, or {@code null}. */
    Object answer(Object arg0, Object arg1, Object arg2);

    /** Returns the model that was asked, for answers that came on another thread. */
    String model(Object self, Object arg0);
  }

  private static final String CHAT = "chat";

  private final Round round;
  private final Registry registry;

  private ToolLoopHandler(Round round, Registry registry) {
    this.round = round;
    this.registry = registry;
  }

  /**
   * Returns a handler for a loop that begins right after an answer, on the thread that got it, and
   * makes the next requests itself.
   */
  public static ToolLoopHandler afterAnswer() {
    return new ToolLoopHandler(null, null);
  }

  /** Returns a handler for a method that runs the tools of one answer. */
  public static ToolLoopHandler ofRound(Round round, Telemetry telemetry) {
    return new ToolLoopHandler(round, telemetry.registry());
  }

  @Override
  protected LoopFrame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    AdapterMetrics asker = null;
    if (round != null) {
      asker = stack.answererOf(round.answer(arg0, arg1, arg2));
      if (asker == null) {
        String model = round.model(self, arg0);
        asker = model == null ? null : registry.adapterOfModel(model, CHAT);
      }
      if (asker == null) {
        return null;
      }
    }
    return stack.pushLoop(asker);
  }

  @Override
  protected Object ended(LoopFrame loop, Object result, Throwable thrown) {
    loop.roundEnded();
    return result;
  }
}
