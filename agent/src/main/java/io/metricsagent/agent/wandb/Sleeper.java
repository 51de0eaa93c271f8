package io.metricsagent.agent.wandb;

import java.time.Duration;

/** Waits; tests replace it and look at the times. */
@FunctionalInterface
public interface Sleeper {
  /** Waits for a time. */
  void sleep(Duration time) throws InterruptedException;

  /** Returns the one that really waits. */
  static Sleeper real() {
    return time -> Thread.sleep(time.toMillis());
  }
}
