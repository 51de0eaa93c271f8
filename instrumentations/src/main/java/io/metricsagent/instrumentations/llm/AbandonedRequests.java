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
 * <p>There is no cleaner thread: the next request and each snapshot drain the queue. Once {@link
 * #CAPACITY} requests are followed, further requests are not. Thread-safe.
 */
public final class AbandonedRequests {
  static final int CAPACITY = 10_000;

  private static final ReferenceQueue<OpenStream> DROPPED = new ReferenceQueue<>();
  private static final Set<Follower> FOLLOWED = ConcurrentHashMap.newKeySet();

  /**
   * Holds everything that is needed to end a request except the stream: only the readers of the
   * answer hold the stream.
   */
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

    /** Stops following the request, because it has ended. */
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

  /** Ends the requests that the application has given up. */
  public static void endDropped() {
    WeakMap.forgetCollected(); // maps may still hold objects that answers are read from
    for (Reference<?> gone = DROPPED.poll(); gone != null; gone = DROPPED.poll()) {
      ((Follower) gone).end();
    }
  }

  /** Returns the number of requests that are followed. */
  static int followed() {
    return FOLLOWED.size();
  }

  /** Follows a request, and ends the requests that were given up meanwhile. */
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
