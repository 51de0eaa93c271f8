package io.metricsagent.instrumentations.operations;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A streamed request that has not ended yet. It ends once, whichever of completion, error and a
 * failed start comes first. Thread-safe; one that never ends is collected with the callback that
 * holds it and leaves nothing behind.
 */
public final class OpenStream {
  private final Frame frame;
  private final LlmRecorder recorder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long firstContentNanos = Frame.UNKNOWN;

  OpenStream(Frame frame, LlmRecorder recorder) {
    this.frame = frame;
    this.recorder = recorder;
  }

  /** Content arrived; the first time counts. */
  public void content() {
    if (firstContentNanos == Frame.UNKNOWN) {
      firstContentNanos = System.nanoTime();
    }
  }

  /** The answer is complete. */
  public void completed(Object response) {
    end(System.nanoTime(), response, null);
  }

  /** The request failed. */
  public void failed(Throwable error) {
    end(System.nanoTime(), null, error);
  }

  void end(long now, Object response, Throwable error) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (frame.firstAttemptNanos != 0) {
      frame.attempts = 1;
      frame.attemptsNanos = now - frame.firstAttemptNanos;
      frame.lastAttemptEndNanos = Frame.UNKNOWN;
    }
    recorder.end(frame, now, firstContentNanos, response, error);
  }
}
