package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.TargetType;

/** The rows of tools: one for each method that runs a tool. */
final class ToolRows {
  private ToolRows() {}

  static void add(ToolRule rule, UserRows rows) {
    PassedArguments passed = withNames(RuleTool.places(rule).passed());
    for (MethodTarget method : rule.methods()) {
      String id = rows.newId("tool:", rule.type(), method);
      if (id != null) {
        for (Rule woven : UserRows.rules(rule.type(), method)) {
          rows.add(new Tool(id, rule, method.name(), woven.passing(passed)));
        }
      }
    }
  }

  /** While content is on, all arguments of a tool are passed by name. */
  private static PassedArguments withNames(PassedArguments passed) {
    return switch (passed) {
      case OBJECTS -> PassedArguments.ALL;
      case WITH_PRIMITIVES -> PassedArguments.ALL_OR_PRIMITIVES;
      case ALL, ALL_OR_PRIMITIVES, ARRAY -> passed;
    };
  }

  private record Tool(String id, ToolRule rule, String method, Rule woven)
      implements UserRow {
    @Override
    public TargetType type() {
      return rule.type();
    }

    @Override
    public RowHandler handler(Telemetry telemetry, UserShared shared) {
      boolean content = telemetry.events().hasContent();
      return new ToolCallHandler(new RuleTool(rule, method, content), telemetry);
    }
  }
}
