package io.metricsagent.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleDifferenceTest {
  private static ToolRule tool(String type, int line, String method) {
    return new ToolRule(
        type(type, line), List.of(MethodTarget.named(method)), null, null, null, Map.of());
  }

  private static TargetType type(String type, int line) {
    return new TargetType(new Origin("rules.yaml", line, 5), type, true);
  }

  private static UserRules rules(ToolRule... tools) {
    return new UserRules(List.of(), List.of(tools), List.of(), List.of());
  }

  @Test
  void rulesThatMoveInTheirFileAreTheSame() {
    RuleDifference difference =
        RuleDifference.of(
            rules(tool("com.acme.A", 2, "run"), tool("com.acme.B", 5, "run")),
            rules(tool("com.acme.B", 3, "run"), tool("com.acme.A", 9, "run")));

    assertThat(difference.isNone()).isTrue();
  }

  @Test
  void countsNewChangedAndGoneRules() {
    assertThat(
            RuleDifference.of(
                rules(tool("com.acme.A", 2, "run"), tool("com.acme.B", 5, "run")),
                rules(
                    tool("com.acme.A", 2, "call"),
                    tool("com.acme.C", 5, "run"),
                    tool("com.acme.D", 8, "run"))))
        .hasToString("2 rules are new, 1 has changed, 1 is gone");
  }

  @Test
  void namesTheRulesOnce() {
    assertThat(RuleDifference.of(rules(tool("com.acme.A", 2, "run")), rules()))
        .hasToString("1 rule is gone");
    assertThat(
            RuleDifference.of(
                rules(tool("com.acme.A", 2, "run"), tool("com.acme.A", 5, "call")), rules()))
        .hasToString("2 rules are gone");
  }

  @Test
  void aRuleOfAnotherKindForTheSameTypeIsAnotherRule() {
    UserRules run =
        new UserRules(
            List.of(),
            List.of(),
            List.of(),
            List.of(new RunRule(type("com.acme.A", 2), List.of(MethodTarget.named("run")), null)));

    assertThat(RuleDifference.of(rules(tool("com.acme.A", 2, "run")), run))
        .hasToString("1 rule is new, 1 is gone");
  }
}
