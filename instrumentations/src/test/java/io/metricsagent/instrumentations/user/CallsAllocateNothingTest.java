package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Allocations;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import org.junit.jupiter.api.Test;

/** A measured call takes no memory once its thread and its series exist. */
class CallsAllocateNothingTest {
  /** A class that the settings name. */
  private static final class Calculator {
    public String provider() {
      return "acme";
    }

    public String getModel() {
      return "large";
    }

    public String experiment() {
      return "baseline";
    }

    public int tokens() {
      return 1_000_000;
    }
  }

  private final Recorded recorded = new Recorded();
  private int calls;
  private final SiteHandler tool =
      new ToolCallHandler(
          new RuleTool(Rules.tool("com.acme.Tool", "add"), "add", false), recorded.telemetry());
  private final SiteHandler adapter =
      new LlmCallHandler(
          new RuleAdapter(Rules.adapter("com.acme.Llm", "ask"), "ask"), recorded.telemetry());

  @Test
  void ofATool() {
    assertAllocatesNothing(tool, new Calculator());
  }

  @Test
  void ofAToolThatIsAStaticMethod() {
    assertAllocatesNothing(tool, null);
  }

  @Test
  void ofAnAdapter() {
    assertAllocatesNothing(adapter, new Calculator());
  }

  @Test
  void ofAnAdapterThatIsAStaticMethod() {
    assertAllocatesNothing(adapter, null);
  }

  @Test
  void ofAnAdapterWithARuleForEverything() {
    Rules rule =
        Rules.of(Calculator.class, "add")
            .with("name", "this.provider")
            .with("model", "this.model")
            .with("experiment", "this.experiment")
            .with("input", "return.length")
            .with("output", "this.tokens")
            .with("failed", "not return")
            .with("throttled", "thrown.statusCode == 429");
    assertAllocatesNothing(
        new LlmCallHandler(new RuleAdapter(rule.adapter(), "add"), recorded.telemetry()),
        new Calculator());
    assertThat(recorded.adapter().experiment()).isEqualTo("baseline");
    assertThat(recorded.adapter().model()).isEqualTo("large");
  }

  @Test
  void ofAToolWithARuleForEverything() {
    Rules rule =
        Rules.of(Calculator.class, "add")
            .with("name", "this.model")
            .with("failed", "return.length == 7")
            .with("error", "return.code");
    assertAllocatesNothing(
        new ToolCallHandler(new RuleTool(rule.tool(), "add", false), recorded.telemetry()),
        new Calculator());
    assertThat(recorded.tool().toolName()).isEqualTo("large");
  }

  @Test
  void ofAMailboxWithARuleForEverything() {
    MailboxRule rule =
        Rules.of(Calculator.class)
            .with("queue", "this.model")
            .receive("receive", "return", "message", "this.tokens", "message.length")
            .settle(MailboxRule.Settlement.ACK, "ack", "arg[0]")
            .mailbox();
    UserShared shared = new UserShared(recorded.registry());
    RuleMailbox mailbox = shared.mailbox(rule);
    Calculator self = new Calculator();
    assertAllocatesNothing(new MailboxReceiveHandler(rule, mailbox, shared.sent(), false), self);
    MailboxRule.Settle settle = rule.settlements().get(MailboxRule.Settlement.ACK);
    assertAllocatesNothing(new MailboxSettleHandler(settle, Outcome.ACKED, mailbox), self);
    assertThat(recorded.mailbox().queueName()).isEqualTo("large");
    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  private void assertAllocatesNothing(SiteHandler handler, Object self) {
    Allocations.assertAllocatesNothing(
        () -> {
          Object token = handler.enter(self, "argument", null, null);
          if (calls++ % 2 == 0) {
            handler.exit(token, "result", null);
          } else {
            handler.returned(token, "result", Object.class);
          }
        });
  }
}
