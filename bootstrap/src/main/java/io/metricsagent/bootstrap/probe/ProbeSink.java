package io.metricsagent.bootstrap.probe;

/**
 * What the agent does at a woven method; implemented on the agent's side of the class loaders.
 * Thread-safe; may throw, {@link Probe} absorbs it.
 */
public interface ProbeSink {
  /**
   * A woven method begins.
   *
   * @param site number of the rule's site
   * @param self the receiver, or {@code null} in a static method
   * @param arg0 the first argument, or {@code null} where there is none; likewise the others
   * @return a token that {@link #exit} gets back, or {@code null} when the call is of no interest
   */
  Object enter(int site, Object self, Object arg0, Object arg1, Object arg2);

  /**
   * Offers an argument for replacement, right after {@link #enter}.
   *
   * @return {@code argument}, or what takes its place; of the same type
   */
  Object replaceArgument(int site, Object token, Object argument);

  /**
   * A woven method ends.
   *
   * @param result what it returned; {@code null} for void methods and for those that threw
   * @param thrown what it threw, or {@code null}
   * @return {@code result}, or what takes its place where the rule says so; of the same type
   */
  Object exit(int site, Object token, Object result, Throwable thrown);

  /** The sink threw. */
  void failed(int site, Throwable fault);
}
