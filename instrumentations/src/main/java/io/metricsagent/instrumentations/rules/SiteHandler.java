package io.metricsagent.instrumentations.rules;

/**
 * The code that runs when a woven method begins and ends. Thread-safe. A handler may throw: the
 * application never sees the exception, and a handler that throws too often is switched off for
 * some minutes.
 */
public abstract non-sealed class SiteHandler implements RowHandler {
  /**
   * The method begins.
   *
   * @param self the receiver, or {@code null} in a static method
   * @param arg0 the first argument; {@code null} where there is none or it is a primitive that the
   *     rule does not box
   * @return the token for {@link #exit}, or {@code null} if the call is not measured
   */
  public abstract Object enter(Object self, Object arg0, Object arg1, Object arg2);

  /**
   * A suspending function of Kotlin begins or, with its own state as the continuation, goes on;
   * called instead of {@link #enter} if the rule follows calls.
   *
   * @param continuation its last argument
   */
  public Object enterSuspending(
      Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    return enter(self, arg0, arg1, arg2);
  }

  /**
   * Called after {@link #enter} if the rule may replace an argument and the call is measured.
   *
   * @return {@code argument}, or an object of the same type
   */
  public Object replaceArgument(Object token, Object argument) {
    return argument;
  }

  /**
   * Called after {@link #enter}, for each argument that may be a callback, if the rule follows
   * calls and the call is measured.
   *
   * @param declared the type of the parameter
   * @return {@code argument}, or an object that is a {@code declared}
   */
  public Object followArgument(Object token, Object argument, Class<?> declared) {
    return argument;
  }

  /**
   * The method returns an object; called instead of {@link #exit} if the rule follows calls.
   *
   * @param declared the type of the result in the method's declaration
   * @return {@code result}, or an object that is a {@code declared}
   */
  public Object returned(Object token, Object result, Class<?> declared) {
    return exit(token, result, null);
  }

  /**
   * The method ends. Without another implementation, a handler does nothing here.
   *
   * @param result the method's result; {@code null} if the method is void or threw
   * @param thrown the exception that the method threw, or {@code null}
   * @return {@code result}, or an object of the same type if the rule may replace the result
   */
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }

  /**
   * Called when the rule is gone, and when it is back; before the first call of this method, it is
   * in force. A handler that does something between calls, such as sampling a level, does it only
   * while its rule is in force. Calls that have begun still end.
   */
  public void inForce(boolean is) {}
}
