package io.metricsagent.instrumentations.libraries.anthropic;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;

/** A round of the tool runner, which does not show the answer that asked for the tools. */
final class RunnerRound implements ToolLoopHandler.Round {
  private static final Accessor MODEL = Accessor.path("params().model()");

  @Override
  public Object answer(Object arg0, Object arg1, Object arg2) {
    return null;
  }

  @Override
  public String model(Object runner, Object message) {
    return MODEL.readString(runner);
  }
}
