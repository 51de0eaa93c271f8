package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells a series which of its requests are under way although their methods have returned: streams
 * and futures. One that nobody ever completes stays in that number, which is the only figure that
 * tells of it. A request whose method has not returned shows as its thread.
 *
 * <p>Each request is counted under its frame's number and taken out of the count once, whichever
 * thread ends it first. Thread-safe, lock-free, allocates nothing.
 */
public final class ActiveRequests {
  private static final VarHandle COUNTED;

  static {
    try {
      COUNTED = MethodHandles.lookup().findVarHandle(Frame.class, "counted", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private ActiveRequests() {}

  /**
   * A request goes on after its method; does nothing for one that is counted.
   *
   * @param request its detached frame, which is not used for another call
   */
  public static void began(Frame request, AdapterMetrics series) {
    if (request.counted == Frame.NOT_COUNTED) {
      series.begin();
      request.series = series;
      request.counted = request.number;
    }
  }

  /** A request ended, or was none after all; does nothing for one that is not counted. */
  public static void ended(Frame request) {
    if (request.counted == Frame.NOT_COUNTED) {
      return;
    }
    long number = (long) COUNTED.getAndSet(request, Frame.NOT_COUNTED);
    if (number == Frame.NOT_COUNTED) {
      return;
    }
    try {
      request.series.end();
    } catch (Throwable fault) { // the thread's stack is exhausted: the next end takes it out
      request.counted = number;
      throw fault;
    }
  }
}
