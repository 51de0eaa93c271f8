package io.metricsagent.agent.wandb;

/** A source of runs that cannot be read; the message is for the user and has no secret. */
public final class WandbException extends Exception {
  private static final long serialVersionUID = 1L;

  WandbException(String message) {
    super(message);
  }

  WandbException(String message, Throwable cause) {
    super(message, cause);
  }
}
