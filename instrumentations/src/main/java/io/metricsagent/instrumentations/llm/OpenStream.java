package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.access.Faults;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that goes on after its method returned, mostly a streamed one, and has not ended yet.
 * It ends once, whichever of completion, error, cancellation and a failed start comes first.
 * Thread-safe; one that never ends is collected with the callback that holds it and leaves nothing
 * behind.
 *
 * <p>The class has many fields because it is the one object that a streamed request allocates: its
 * times are plain numbers here rather than objects of their own.
 */
public final class OpenStream implements OpenAnswer {
  private final RequestFrame frame;
  private final LlmRecorder recorder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final boolean streamed;
  private volatile long firstContentNanos = Tokens.UNKNOWN;
  private volatile boolean sawEnd;
  private volatile Throwable reported;
  private AbandonedRequests.Follower follower;

  // By the one thread at a time that reads the answer.
  private AdapterMetrics series;
  private long lastContentNanos;
  private long waitedUntilLastContent;
  private long handledNanos;
  private long sourceNanos = Tokens.UNKNOWN;
  private long pausedNanos;
  private long consumedNanos;

  OpenStream(RequestFrame frame, LlmRecorder recorder) {
    this(frame, recorder, true);
  }

  /** {@code streamed} tells an answer in pieces from one that is only read later. */
  OpenStream(RequestFrame frame, LlmRecorder recorder, boolean streamed) {
    this.frame = frame;
    this.recorder = recorder;
    this.streamed = streamed;
    if (frame.parent() != null) {
      frame.parent().answerBegan(this);
    }
  }

  /** Lets the request end when nobody holds this any more. */
  void endWhenDropped() {
    follower = AbandonedRequests.follow(this, frame, recorder, ended);
  }

  /** Returns whether content arrived. */
  public boolean hasContent() {
    return firstContentNanos != Tokens.UNKNOWN;
  }

  /** A piece with content arrived, right now. */
  public void content() {
    content(System.nanoTime(), sourceNanos);
  }

  /**
   * A piece with content is read that arrived at {@code nanos}; called once a piece.
   *
   * @param waited what {@link #waitedNanos} was then
   */
  public void content(long nanos, long waited) {
    if (firstContentNanos == Tokens.UNKNOWN) {
      firstContentNanos = nanos;
    } else {
      gap(
          waited == Tokens.UNKNOWN
              ? nanos - lastContentNanos - handledNanos
              : waited - waitedUntilLastContent);
    }
    lastContentNanos = nanos;
    waitedUntilLastContent = Math.max(0, waited);
    handledNanos = 0;
  }

  /** Time from one piece to the next without the application's own; its model must be known. */
  private void gap(long nanos) {
    if (ended.get()) {
      return;
    }
    if (series == null) {
      series = recorder.series(frame);
    }
    if (series != null) {
      series.recordInterChunk(nanos);
    }
  }

  /** The answer is complete. */
  public void completed(Object response) {
    end(System.nanoTime(), response, null);
  }

  @Override
  public void failed(Throwable error) {
    end(System.nanoTime(), null, error);
  }

  /** A piece of the answer may say its tokens: the last word counts. */
  public void usage(UsageReader usage, Object piece) {
    if (ended.get()) {
      return;
    }
    long input = usage.input(piece);
    long output = usage.output(piece);
    long cached = usage.cached(piece);
    frame.facts().tokens().replace(input, output, cached);
  }

  /** The answer says which model it is from. */
  public void answeringModel(String model) {
    if (!ended.get()) {
      frame.facts().learnAnsweringModel(model);
    }
  }

  /** The last piece of content came: a reader who stops now has the whole answer. */
  public void sawEnd() {
    sawEnd = true;
  }

  /** An answer that arrived in one piece says that the request failed with {@code error}. */
  public void reports(Throwable error) {
    reported = error;
  }

  /** Time spent waiting for pieces, where the application fetches them itself. */
  public void waited(long nanos) {
    sourceNanos = Math.max(0, sourceNanos) + nanos;
  }

  /** The library waited for the first pieces from the end of the last attempt until now. */
  public void waitedSinceAttempt() {
    Attempts attempts = frame.facts().attempts();
    if (attempts.count() > 0) {
      waited(System.nanoTime() - attempts.lastEndNanos());
    }
  }

  /** Returns the sum of {@link #waited}, or {@link Tokens#UNKNOWN}. */
  public long waitedNanos() {
    return sourceNanos;
  }

  /** The application took this time for a piece; meanwhile the library did not fetch the next. */
  public void handled(long nanos) {
    handledNanos += nanos;
  }

  /** As {@link #handled}, and the time is taken out of the attempt on the wire too. */
  public void consumed(long nanos) {
    consumedNanos += nanos;
    handled(nanos);
  }

  /** The application let this time pass before it asked for the answer. */
  public void paused(long nanos) {
    pausedNanos += nanos;
  }

  @Override
  public void exhausted() {
    end(System.nanoTime(), null, reported);
  }

  @Override
  public void closed() {
    end(System.nanoTime(), null, sawEnd || reported != null ? reported : Errors.CANCELLED);
  }

  void end(long now, Object response, Throwable error) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (follower != null) {
      follower.done();
    }
    if (streamed) {
      frame.facts().attempts().streamEnded(now, sourceNanos, consumedNanos);
    }
    try {
      recorder.end(frame, now - pausedNanos, firstContentNanos, response, error);
    } catch (Throwable fault) { // the application is on this thread
      Faults.absorbed("a request could not be recorded", fault);
    }
  }
}
