package io.metricsagent.instrumentations.testing;

import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.List;
import java.util.function.Supplier;

/** A module named {@code test} whose table has one row. */
public record OneRow(String id, List<Rule> rules, Supplier<SiteHandler> handler)
    implements InstrumentationModule, Row<Void> {
  @Override
  public String name() {
    return "test";
  }

  @Override
  public List<OneRow> rows() {
    return List.of(this);
  }

  @Override
  public SiteHandler handler(Row<?> row, Telemetry telemetry) {
    return handler.get();
  }

  @Override
  public SiteHandler handler(Telemetry telemetry, Void nothing) {
    return handler.get();
  }
}
