package io.metricsagent.bootstrap.probe;

/**
 * The only class of the agent that woven code calls. In the jar, the class is in {@code java.lang},
 * which every class loader sees.
 *
 * <p>Every method catches every fault of the agent, so that a woven method behaves as if it were
 * not woven. A fault in the sink's own fault handling is not even logged. If the first woven method
 * runs before {@link #install}, all methods do nothing for the life of the JVM.
 *
 * <p>The methods are public because advice that is inlined into application classes calls them.
 * Applications must not call them.
 */
public final class Probe {
  /** Read once, when the first woven method runs, so that the JIT compiler sees a constant. */
  private static final class Holder {
    static final ProbeSink SINK = published;
  }

  private static volatile ProbeSink published;

  private Probe() {}

  /** Publishes the sink; called once, before the first class is woven. */
  public static void install(ProbeSink sink) {
    published = sink;
  }

  /** See {@link ProbeSink#enter}; returns {@code null} on a fault. */
  public static Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
    ProbeSink sink = Holder.SINK;
    if (sink == null) {
      return null;
    }
    try {
      return sink.enter(site, self, arg0, arg1, arg2);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return null;
    }
  }

  /** See {@link ProbeSink#enterSuspending}; returns {@code null} on a fault. */
  public static Object enterSuspending(
      int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    ProbeSink sink = Holder.SINK;
    if (sink == null) {
      return null;
    }
    try {
      return sink.enterSuspending(site, self, arg0, arg1, arg2, continuation);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return null;
    }
  }

  /** See {@link ProbeSink#replaceArgument}; returns {@code argument} on a fault. */
  public static Object replaceArgument(int site, Object token, Object argument) {
    if (token == null) {
      return argument;
    }
    ProbeSink sink = Holder.SINK;
    try {
      return sink.replaceArgument(site, token, argument);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return argument;
    }
  }

  /** See {@link ProbeSink#exit}; returns {@code result} on a fault. */
  public static Object exit(int site, Object token, Object result, Throwable thrown) {
    if (token == null) {
      return result;
    }
    ProbeSink sink = Holder.SINK;
    try {
      return sink.exit(site, token, result, thrown);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return result;
    }
  }

  /** See {@link ProbeSink#followArgument}; returns {@code argument} on a fault. */
  public static Object followArgument(int site, Object token, Object argument, Class<?> declared) {
    if (token == null) {
      return argument;
    }
    ProbeSink sink = Holder.SINK;
    try {
      return sink.followArgument(site, token, argument, declared);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return argument;
    }
  }

  /** See {@link ProbeSink#returned}; returns {@code result} on a fault. */
  public static Object returned(int site, Object token, Object result, Class<?> declared) {
    if (token == null) {
      return result;
    }
    ProbeSink sink = Holder.SINK;
    try {
      return sink.returned(site, token, result, declared);
    } catch (Throwable fault) {
      failed(sink, site, fault);
      return result;
    }
  }

  private static void failed(ProbeSink sink, int site, Throwable fault) {
    try {
      sink.failed(site, fault);
    } catch (Throwable ignored) {
      // No stack or memory may be left, and the application must not suffer from a second fault.
    }
  }
}
