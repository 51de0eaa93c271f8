package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;

/** The rows of runs: one for each method whose call is a run. */
final class RunRows {
  private RunRows() {}

  static void add(RunRule rule, UserRows rows) {
    for (MethodTarget method : rule.methods()) {
      String id = rows.newId("run:", rule.type(), method);
      if (id != null) {
        for (Rule woven : UserRows.rules(rule.type(), method)) {
          Rule passing = woven.passing(RuleRuns.places(rule).passed());
          rows.add(new Running(id, rule, method.name(), passing.replacingResult()));
        }
      }
    }
  }

  private record Running(String id, RunRule rule, String method, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public boolean isForRuns() {
      return true;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return RuleRuns.handler(rule, method, telemetry);
    }
  }
}
