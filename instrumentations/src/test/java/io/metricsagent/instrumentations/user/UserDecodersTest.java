package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is known of adapters and tools that the settings name. */
class UserDecodersTest {
  /** An implementation of what the settings name. */
  private static final class Calculator {}

  @Test
  void anAdapterIsItsClassAndItsMethod() {
    RuleAdapter adapter = new RuleAdapter(Rules.adapter("com.acme.Llm", "ask"), "ask");

    assertThat(adapter.provider(new Calculator())).isEqualTo("Calculator");
    assertThat(adapter.provider(null)).isEqualTo("Llm");
    assertThat(adapter.operation()).isEqualTo("ask");
    assertThat(adapter.requestModel("client", "request")).isNull();
    assertThat(adapter.responseModel("response")).isNull();
    assertThat(adapter.usage().input("response")).isEqualTo(-1);
  }

  @Test
  void aToolIsItsClassAndItsMethod() {
    RuleTool tool = new RuleTool(Rules.tool("com.acme.Tool", "add"), "add", false);
    String name = tool.name(new Calculator(), "request");

    assertThat(name).isEqualTo("Calculator.add");
    assertThat(tool.name(new Calculator(), "another")).isSameAs(name); // built once
    assertThat(tool.name(null, "request")).isEqualTo("Tool.add");
  }

  @Test
  void aToolFailsWhenItThrowsAlone() {
    RuleTool tool = new RuleTool(Rules.tool("com.acme.Tool", "add"), "add", false);

    assertThat(tool.isFailure(null, new IllegalStateException())).isFalse();
    assertThat(tool.errorCode(new IllegalStateException()))
        .isEqualTo(IllegalStateException.class.getName());
    assertThat(tool.errorCode(null)).isNull();
  }
}
