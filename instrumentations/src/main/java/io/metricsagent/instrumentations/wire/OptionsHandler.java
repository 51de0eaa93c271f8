package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that returns or gets the object by which {@link RequestsUnderway} finds a request, on
 * the thread that makes the request.
 */
public final class OptionsHandler extends SiteHandler {
  private final RequestsUnderway underway;
  private final boolean argument;

  /** Makes a handler that adds the method's result to {@code underway}. */
  public OptionsHandler(RequestsUnderway underway) {
    this(underway, false);
  }

  private OptionsHandler(RequestsUnderway underway, boolean argument) {
    this.underway = underway;
    this.argument = argument;
  }

  /** Returns a handler for a method that gets the object as its second argument. */
  public static OptionsHandler ofSecondArgument(RequestsUnderway underway) {
    return new OptionsHandler(underway, true);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (argument) {
      underway.put(arg1);
      return null;
    }
    return this; // only the result is needed
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    underway.put(result);
    return result;
  }
}
