package io.metricsagent.bootstrap.probe;

/**
 * The agent's code at a woven method. The class that implements it is in the agent's own class
 * loader. Thread-safe; {@link Probe} catches all exceptions of the methods.
 */
public interface ProbeSink {
  /**
   * Called when a woven method begins.
   *
   * @param site the number of the rule's site
   * @param self the receiver, or {@code null} in a static method
   * @param arg0 the first argument, or {@code null} if there is none; the same holds for the others
   * @return a token for {@link #exit}, or {@code null} if the call is not measured
   */
  Object enter(int site, Object self, Object arg0, Object arg1, Object arg2);

  /**
   * Called instead of {@link #enter} when a suspending function of Kotlin begins, and when it goes
   * on after it was suspended, if the rule follows calls.
   *
   * @param continuation its last argument
   */
  Object enterSuspending(
      int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation);

  /**
   * Called right after {@link #enter}, with an argument that the sink may replace.
   *
   * @return {@code argument}, or a replacement of the same type
   */
  Object replaceArgument(int site, Object token, Object argument);

  /**
   * Called when a woven method ends.
   *
   * @param result the method's result; {@code null} if the method is void or threw
   * @param thrown the exception that the method threw, or {@code null}
   * @return {@code result}, or a replacement of the same type if the rule asks for one
   */
  Object exit(int site, Object token, Object result, Throwable thrown);

  /**
   * Called right after {@link #enter}, with an argument that may be told how the call ends.
   *
   * @param declared the type of the parameter
   * @return {@code argument}, or a replacement that is a {@code declared}
   */
  Object followArgument(int site, Object token, Object argument, Class<?> declared);

  /**
   * Called instead of {@link #exit} where the result may go on after the method.
   *
   * @param declared the type of the result
   * @return {@code result}, or a replacement that is a {@code declared}
   */
  Object returned(int site, Object token, Object result, Class<?> declared);

  /** Called when a method of this sink has thrown {@code fault}. */
  void failed(int site, Throwable fault);
}
