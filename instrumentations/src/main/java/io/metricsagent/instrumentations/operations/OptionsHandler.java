package io.metricsagent.instrumentations.operations;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * A method that makes the object by which {@link RequestsUnderway} knows a request, on the thread
 * that makes the request.
 */
public final class OptionsHandler extends SiteHandler {
  private final RequestsUnderway underway;

  /** Makes a handler that fills {@code underway}. */
  public OptionsHandler(RequestsUnderway underway) {
    this.underway = underway;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return this; // only the result is of interest
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    underway.put(result);
    return result;
  }
}
