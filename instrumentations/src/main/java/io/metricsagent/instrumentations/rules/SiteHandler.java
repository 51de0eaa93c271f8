package io.metricsagent.instrumentations.rules;

/**
 * What happens when a woven method runs. Thread-safe. May throw: the application never sees it, and
 * a handler that keeps throwing is switched off.
 */
public abstract class SiteHandler {
  /**
   * The method begins.
   *
   * @param self the receiver, or {@code null} in a static method
   * @param arg0 the first argument; {@code null} where there is none or it is a primitive
   * @return what {@link #exit} gets back, or {@code null} when this call is of no interest
   */
  public abstract Object enter(Object self, Object arg0, Object arg1, Object arg2);

  /**
   * Called after {@link #enter} if the rule may replace an argument and the call is of interest.
   *
   * @return {@code argument}, or an object of the same type
   */
  public Object replaceArgument(Object token, Object argument) {
    return argument;
  }

  /**
   * The method ends.
   *
   * @param result what it returned, {@code null} if it is void or threw
   * @param thrown what it threw, or {@code null}
   * @return {@code result}, or an object of the same type if the rule may replace the result
   */
  public abstract Object exit(Object token, Object result, Throwable thrown);
}
