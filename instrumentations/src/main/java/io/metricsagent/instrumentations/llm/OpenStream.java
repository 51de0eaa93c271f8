package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.Attempts;
import io.metricsagent.instrumentations.calls.OpenAnswer;
import io.metricsagent.instrumentations.calls.RequestEvents;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import io.metricsagent.instrumentations.events.Run;
import io.metricsagent.instrumentations.events.StreamedContent;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that goes on after its method has returned, usually a streamed one. The first of
 * completion, error, cancellation and failed start ends the request, and later ones change nothing.
 * Thread-safe. An object of this class that never ends is garbage-collected with the callback that
 * holds it.
 *
 * <p>The class has many fields because an object of it is the only one that a streamed request
 * allocates: its times are plain numbers rather than objects of their own.
 */
public final class OpenStream implements OpenAnswer {
  private static final long OUTPUT_NANOS = 1_000_000_000;

  private final RequestFrame frame;
  private final LlmRecorder recorder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final boolean streamed;
  private final Run run;
  private volatile long firstContentNanos = Tokens.UNKNOWN;
  private volatile boolean sawEnd;
  private volatile Throwable reported;
  private AbandonedRequests.Follower follower;

  // Written by the thread that reads the answer; only one thread at a time does.
  private AdapterMetrics series;
  private long lastContentNanos;
  private long waitedUntilLastContent;
  private long handledNanos;
  private long sourceNanos = Tokens.UNKNOWN;
  private long pausedNanos;
  private long consumedNanos;
  private int pieces;
  private int toldPieces;
  private long toldNanos;

  /** {@code null} unless content is on. */
  private StreamedContent kept;

  OpenStream(RequestFrame frame, LlmRecorder recorder) {
    this(frame, recorder, true);
  }

  /**
   * {@code streamed} is true for an answer in pieces, and false for a whole answer that is read
   * later.
   */
  OpenStream(RequestFrame frame, LlmRecorder recorder, boolean streamed) {
    this.frame = frame;
    this.recorder = recorder;
    this.streamed = streamed;
    run = frame.run();
    if (frame.parent() != null) {
      frame.parent().answerBegan(this);
    }
  }

  /** Ends the request when no reader refers to this object any more. */
  void endWhenDropped() {
    follower = AbandonedRequests.follow(this, frame, recorder, ended);
  }

  /** Returns the run that the request belongs to; {@code null} for that of the process. */
  public Run run() {
    return run;
  }

  /**
   * Returns the experiment that the request is part of; {@code null} for that of the settings, and
   * after the end of the request.
   */
  public String experiment() {
    return frame.experiment();
  }

  /** Returns whether content has arrived. */
  public boolean hasContent() {
    return firstContentNanos != Tokens.UNKNOWN;
  }

  /** A piece with content has just arrived. */
  public void content() {
    content(System.nanoTime(), sourceNanos);
  }

  /**
   * A piece with content that arrived at {@code nanos} is read; called once for each piece.
   *
   * @param waited the value of {@link #waitedNanos} when the piece arrived
   */
  public void content(long nanos, long waited) {
    pieces++;
    if (firstContentNanos == Tokens.UNKNOWN) {
      firstContentNanos = nanos;
      toldPieces = pieces;
      toldNanos = nanos;
      if (frame.hasEvents()) {
        RequestEvents.firstPiece(frame, nanos);
      }
    } else {
      if (nanos - toldNanos >= OUTPUT_NANOS && frame.hasEvents()) {
        tellOutput(nanos);
      }
      gap(
          waited == Tokens.UNKNOWN
              ? nanos - lastContentNanos - handledNanos
              : waited - waitedUntilLastContent);
    }
    lastContentNanos = nanos;
    waitedUntilLastContent = Math.max(0, waited);
    handledNanos = 0;
  }

  /**
   * Records the time from one piece to the next, without the application's own time, if the series
   * is known.
   */
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

  private void tellOutput(long nanos) {
    RequestEvents.output(frame, pieces - toldPieces, toldNanos, nanos);
    toldPieces = pieces;
    toldNanos = nanos;
  }

  /** Keeps a piece of the answer for its text, if content is on. */
  public void keep(Object piece) {
    if (!ended.get() && frame.hasContent()) {
      if (kept == null) {
        kept = new StreamedContent();
      }
      kept.add(piece);
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

  /**
   * Reads the tokens from a piece of the answer, which may have none; later numbers replace earlier
   * ones.
   */
  public void usage(UsageReader usage, Object piece) {
    if (ended.get()) {
      return;
    }
    Object said = usage.usageIn(piece);
    long input = usage.input(said);
    long output = usage.output(said);
    long cached = usage.cached(said);
    frame.facts().tokens().replace(input, output, cached);
  }

  /** The answer names the model that gave it. */
  public void answeringModel(String model) {
    if (!ended.get()) {
      frame.facts().learnAnsweringModel(model);
    }
  }

  /** The last piece of content has arrived: a reader that stops now has the whole answer. */
  public void sawEnd() {
    sawEnd = true;
  }

  /** An answer that arrived in one piece reports that the request failed with {@code error}. */
  public void reports(Throwable error) {
    reported = error;
  }

  /**
   * Adds time spent waiting for pieces, for libraries where the application fetches them itself.
   */
  public void waited(long nanos) {
    sourceNanos = Math.max(0, sourceNanos) + nanos;
  }

  /**
   * Adds the time from the end of the last attempt until now, in which the library waited for the
   * first pieces.
   */
  public void waitedSinceAttempt() {
    Attempts attempts = frame.facts().attempts();
    if (attempts.count() > 0) {
      waited(System.nanoTime() - attempts.lastEndNanos());
    }
  }

  /**
   * Returns the sum of all times passed to {@link #waited}, or {@link Tokens#UNKNOWN} if there were
   * none.
   */
  public long waitedNanos() {
    return sourceNanos;
  }

  /**
   * Adds the time that the application took for a piece, during which the library did not fetch the
   * next piece.
   */
  public void handled(long nanos) {
    handledNanos += nanos;
  }

  /** Does the same as {@link #handled}, and also takes the time out of the attempt on the wire. */
  public void consumed(long nanos) {
    consumedNanos += nanos;
    handled(nanos);
  }

  /** Adds time that the application let pass before it asked for the answer. */
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
      if (pieces > toldPieces && frame.hasEvents()) {
        tellOutput(now);
      }
      frame.hasPieces(pieces);
      if (kept != null) {
        frame.answers(kept);
      }
      recorder.end(frame, now - pausedNanos, firstContentNanos, response, error);
    } catch (Throwable fault) { // the application must not see the fault
      Faults.absorbed("a request could not be recorded", fault);
    }
  }
}
