package io.metricsagent.instrumentations.operations;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests to models are under way in this JVM: those that began and have neither ended
 * nor been given up. Layers of one request are one. A request that nobody ever completes stays in
 * the count, which is the only figure that tells of it.
 *
 * <p>The model is not part of the count, because most libraries tell it only with the answer.
 *
 * <p>Each request is counted under its frame's number and taken out of the count once, whichever
 * thread ends it first. Thread-safe; lock-free, and allocates nothing but its cells at the first
 * contention.
 */
public final class ActiveRequests {
  private static final LongAdder BEGUN = new LongAdder();
  private static final LongAdder ENDED = new LongAdder();
  private static final VarHandle COUNTED;

  static {
    try {
      COUNTED = MethodHandles.lookup().findVarHandle(Frame.class, "counted", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private ActiveRequests() {}

  /** Returns how many requests are under way, at least 0. */
  public static long count() {
    long ended = ENDED.sum(); // first: what ends meanwhile has begun before
    return Math.max(0, BEGUN.sum() - ended);
  }

  /** A request begins. */
  static void began(Frame request) {
    BEGUN.increment();
    request.counted = request.number;
  }

  /** A request ended, or was none after all; does nothing for one that is not counted. */
  static void ended(Frame request) {
    if (request.counted == Frame.NOT_COUNTED) {
      return;
    }
    long number = (long) COUNTED.getAndSet(request, Frame.NOT_COUNTED);
    if (number == Frame.NOT_COUNTED) {
      return;
    }
    try {
      ENDED.increment();
    } catch (Throwable fault) { // the thread's stack is exhausted: the next end takes it out
      request.counted = number;
      throw fault;
    }
  }
}
