package io.metricsagent.instrumentations.tools;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.LoopFrame;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.Telemetry;

/**
 * A method in which a library runs the tools that a model asked for: one round of tools, or a loop
 * of requests and tools.
 *
 * <p>The tool phase of a model's answer is the elapsed time from the start of its first tool to the
 * end of its last: tools of one answer may run in parallel. The phase is recorded in the series of
 * the request that asked for the tools. Tools outside of such a method are only tool calls, since
 * the request that asked for them is unknown.
 */
public final class ToolLoopHandler extends FrameHandler<LoopFrame> {
  /** Finds the answer that asked for the tools of a round. Stateless. */
  public interface Round {
    /** Returns the answer, or {@code null} if it is not among the arguments. */
    Object answer(Object arg0, Object arg1, Object arg2);

    /**
     * Returns the model that answered, for answers that came on another thread, or {@code null}.
     */
    String model(Object self, Object arg0);
  }

  private static final String CHAT = "chat";

  private final Round round;
  private final Registry registry;
  private final CallContexts contexts;

  private ToolLoopHandler(Round round, Registry registry, CallContexts contexts) {
    this.round = round;
    this.registry = registry;
    this.contexts = contexts;
  }

  /**
   * Returns a handler for a loop that begins right after an answer, on the thread that got the
   * answer, and that makes the next requests itself.
   */
  public static ToolLoopHandler afterAnswer() {
    return new ToolLoopHandler(null, null, null);
  }

  /** Returns a handler for a method that runs the tools of one answer. */
  public static ToolLoopHandler ofRound(Round round, Telemetry telemetry) {
    return new ToolLoopHandler(round, telemetry.registry(), telemetry.contexts());
  }

  @Override
  protected Frame begin(FrameStack stack, Object self, Object arg0, Object arg1, Object arg2) {
    AdapterMetrics asker = null;
    if (round != null) {
      asker = stack.lastAnswer().seriesOf(round.answer(arg0, arg1, arg2));
      if (asker == null) {
        String model = round.model(self, arg0);
        asker = model == null ? null : registry.adapterOfModel(model, CHAT, experiment(stack));
      }
      if (asker == null) {
        return null;
      }
    }
    return stack.pushLoop(asker);
  }

  private String experiment(FrameStack stack) {
    String said = contexts.get(ContextField.EXPERIMENT);
    return registry.experiment(said == null ? stack.experiment() : said);
  }

  @Override
  protected Object ended(LoopFrame loop, Object result, Throwable thrown) {
    loop.roundEnded();
    return result;
  }
}
