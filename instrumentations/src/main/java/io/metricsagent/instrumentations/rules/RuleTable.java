package io.metricsagent.instrumentations.rules;

import java.util.ArrayList;
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

  /** Returns the rows, in the order in which their rules are numbered. */
  public abstract List<? extends Row<S>> rows();

  /**
   * Makes what all handlers share. This is called once, before the first handler is made.
   *
   * @return {@code null} if they share nothing
   */
  protected abstract S shared(Telemetry telemetry);

  @Override
  public final List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Row<S> row : rows()) {
      for (Rule rule : row.rules()) {
        rules.add(rule.named(row.id()));
      }
    }
    return rules;
  }

  @Override
  public final SiteHandler handler(Rule rule, Telemetry telemetry) {
    for (Row<S> row : rows()) {
      if (row.id().equals(rule.id())) {
        return row.handler(telemetry, sharedOnce(telemetry));
      }
    }
    throw new IllegalArgumentException(rule.id());
  }

  private synchronized S sharedOnce(Telemetry telemetry) {
    if (!hasShared) {
      shared = shared(telemetry);
      hasShared = true;
    }
    return shared;
  }
}
