package io.metricsagent.instrumentations.rules;

import java.util.List;

/**
 * A module that reads like a table: its rows say what is woven and which handler is called there.
 * Thread-safe.
 *
 * @param <S> what all handlers share; {@link Void} if they share nothing
 */
public abstract class RuleTable<S> implements InstrumentationModule {
  private boolean hasShared;
  private S shared;

  @Override
  public abstract List<? extends Row<S>> rows();

  /**
   * Makes what all handlers share. This is called once, before the first handler is made.
   *
   * @return {@code null} if they share nothing
   */
  protected abstract S shared(Telemetry telemetry);

  @Override
  public final SiteHandler handler(Row<?> row, Telemetry telemetry) {
    @SuppressWarnings("unchecked") // the row is one of rows()
    Row<S> own = (Row<S>) row;
    return own.handler(telemetry, sharedOnce(telemetry));
  }

  private synchronized S sharedOnce(Telemetry telemetry) {
    if (!hasShared) {
      shared = shared(telemetry);
      hasShared = true;
    }
    return shared;
  }
}
