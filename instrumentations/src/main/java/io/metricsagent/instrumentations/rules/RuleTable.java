package io.metricsagent.instrumentations.rules;

import java.util.List;

/**
 * A module as a table: each row has rules and the handler that the woven methods call. Thread-safe.
 *
 * @param <S> the type of the object that all handlers share; {@link Void} if they share nothing
 */
public abstract class RuleTable<S> implements InstrumentationModule {
  private boolean hasShared;
  private S shared;

  @Override
  public abstract List<? extends Row<S>> rows();

  /**
   * Makes the object that all handlers share. Called once, before the first handler is made.
   *
   * @return {@code null} if they share nothing
   */
  protected abstract S shared(Telemetry telemetry);

  @Override
  public final SiteHandler handler(Row<?> row, Telemetry telemetry) {
    @SuppressWarnings("unchecked") // the row is one of rows()
    Row<S> own = (Row<S>) row;
    return (SiteHandler) own.handler(telemetry, sharedOnce(telemetry));
  }

  /** Returns the object that all handlers share, and makes it if it is not there yet. */
  protected final synchronized S sharedOnce(Telemetry telemetry) {
    if (!hasShared) {
      shared = shared(telemetry);
      hasShared = true;
    }
    return shared;
  }
}
