package io.metricsagent.instrumentations.calls;

/**
 * What a call does when something happens within it. The frame of the call tells: the handler of
 * the inner call knows neither who made the frame nor what it is for. Methods get the frame that
 * hears of it, do nothing unless they are overridden, and keep no state of their own.
 */
public interface FrameListener {
  /** A request to a model begins right within the call. */
  default void requestBegan(Frame frame) {}

  /** The answer of a request right within the call is going to be read from {@code answer}. */
  default void answerBegan(Frame frame, OpenAnswer answer) {}

  /** A tool call begins right within the call, on the thread of {@code stack}. */
  default void toolBegan(Frame frame, FrameStack stack) {}

  /**
   * A tool call right within the call ended.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  default void toolEnded(Frame frame, long nanos) {}
}
