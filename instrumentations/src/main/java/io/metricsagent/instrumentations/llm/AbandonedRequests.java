package io.metricsagent.instrumentations.llm;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.calls.RequestFrame;
import io.metricsagent.instrumentations.calls.Tokens;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests whose answer the application dropped without reading it to its end or closing it. Once
 * the garbage collector has found the last object that the answer could have been read from, the
 * request counts as cancelled. The time at which the application gave it up is unknown, so the
 * request ends at the end of its last attempt.
 *
 * <p>There is no cleaner thread: the next request and each snapshot drain the queue. Beyond {@link
 * #CAPACITY} requests are not followed. Thread-safe.
 */
public final class AbandonedRequests {
  static final int CAPACITY = 10_000;

  private static final ReferenceQueue<OpenStream> DROPPED = new ReferenceQueue<>();
  private static final Set<Follower> FOLLOWED = ConcurrentHashMap.newKeySet();

  /** Has all that is needed to end a request except the stream, which only its readers hold. */
  static final class Follower extends PhantomReference<OpenStream> {
    private final RequestFrame frame;
    private final LlmRecorder recorder;
    private final AtomicBoolean ended;

    private Follower(
        OpenStream stream, RequestFrame frame, LlmRecorder recorder, AtomicBoolean ended) {
      super(stream, DROPPED);
      this.frame = frame;
      this.recorder = recorder;
      this.ended = ended;
    }

    /** The request ended, so there is nothing left to follow. */
    void done() {
      FOLLOWED.remove(this);
      clear();
    }

    private void end() {
      FOLLOWED.remove(this);
      if (ended.compareAndSet(false, true)) {
        long last = frame.facts().attempts().lastEndNanos();
        recorder.end(
            frame, last > 0 ? last : System.nanoTime(), Tokens.UNKNOWN, null, Errors.CANCELLED);
      }
    }
  }

  private AbandonedRequests() {}

  /** Ends the requests that were given up. */
  public static void endDropped() {
    WeakMap.forgetCollected(); // some maps hold the objects that answers are read from
    for (Reference<?> gone = DROPPED.poll(); gone != null; gone = DROPPED.poll()) {
      ((Follower) gone).end();
    }
  }

  /** Returns how many requests are followed. */
  static int followed() {
    return FOLLOWED.size();
  }

  /** Follows a request, and ends those that were given up meanwhile. */
  static Follower follow(
      OpenStream stream, RequestFrame frame, LlmRecorder recorder, AtomicBoolean ended) {
    endDropped();
    if (FOLLOWED.size() >= CAPACITY) {
      return null;
    }
    Follower follower = new Follower(stream, frame, recorder, ended);
    FOLLOWED.add(follower);
    return follower;
  }
}
