package io.metricsagent.instrumentations.rules;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleTest {
  @Test
  void movesToAnotherPackageWithTheTypesOfItsMethods() {
    Rule rule =
        Rule.forSubtypes(
                "jakarta.jms.Consumer",
                method("receive", "jakarta.jms.Message", "long"),
                method("wait", "void", "java.lang.String"),
                named("close"))
            .newerThan(method("old", "jakarta.jms.Message"))
            .replacingArgument(0);

    assertThat(rule.moved("jakarta.jms.", "javax.jms."))
        .isEqualTo(
            Rule.forSubtypes(
                    "javax.jms.Consumer",
                    method("receive", "javax.jms.Message", "long"),
                    method("wait", "void", "java.lang.String"),
                    named("close"))
                .newerThan(method("old", "javax.jms.Message"))
                .replacingArgument(0));
  }
}
