package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.llm.LlmPhaseHandler;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;

/** The rows of adapters: one for each method that makes a request or is a phase of one. */
final class AdapterRows {
  private AdapterRows() {}

  static void add(AdapterRule rule, UserRows rows) {
    ArgumentPlaces places = RuleAdapter.places(rule);
    for (MethodTarget method : rule.methods()) {
      String id = rows.newId("adapter:", rule.type(), method);
      if (id != null) {
        for (Rule woven : UserRows.rules(rule.type(), method)) {
          rows.add(new Request(id, rule, method.name(), woven.passing(places.passed())));
        }
      }
    }
    for (Phase phase : Phase.values()) {
      if (rule.phases().containsKey(phase)) {
        addPhase(rule, phase, rows);
      }
    }
  }

  private static void addPhase(AdapterRule rule, Phase phase, UserRows rows) {
    for (MethodTarget method : rule.phases().get(phase)) {
      String id = rows.newId("phase:", rule.type(), method);
      if (id != null) {
        for (Rule woven : UserRows.rules(rule.type(), method)) {
          rows.add(new Part(id, rule, phase, woven.replacingResult()));
        }
      }
    }
  }

  private record Request(String id, AdapterRule rule, String method, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return new LlmCallHandler(new RuleAdapter(rule, method), telemetry);
    }
  }

  private record Part(String id, AdapterRule rule, Phase phase, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      return new LlmPhaseHandler(RuleAdapter.number(phase));
    }
  }
}
