package io.metricsagent.instrumentations.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.instrumentations.testing.OneRow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule whose handler keeps throwing is switched off. */
class FailingRuleTest {
  private static final int SITE = 0;

  private final SiteTable table = new SiteTable(List.of());

  @BeforeEach
  void activate() {
    Rule rule = Rule.forSubtypes("com.example.Model", MethodTarget.named("chat"));
    table.add(new OneRow("rule", List.of(rule), Interested::new));
    table.sites().get(SITE).activate(null);
  }

  private static final class Interested extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return this;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }

  private boolean isOn() {
    return table.enter(SITE, null, null, null, null) != null;
  }

  private void fail(Supplier<Throwable> fault) {
    for (int i = 0; i < 100; i++) {
      table.failed(SITE, fault.get());
    }
  }

  private InstrumentationSnapshot snapshot() {
    return table.snapshot().get(0);
  }

  /** Returns what is printed while an action runs. */
  private static String printed(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return lines.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRuleStaysOnIfTheApplicationExhaustedTheStackOrTheHeap() {
    fail(StackOverflowError::new);
    fail(OutOfMemoryError::new);
    fail(InterruptedException::new);

    assertThat(isOn()).isTrue();
    assertThat(snapshot().errors()).isZero();
    assertThat(snapshot().skipped()).isZero();
  }

  @Test
  void aRuleIsSwitchedOffForItsOwnFaultsAndSnapshotsShowIt() {
    fail(IllegalStateException::new);

    assertThat(isOn()).isFalse();
    assertThat(snapshot().errors()).isEqualTo(100);
    assertThat(snapshot().skipped()).isEqualTo(1);
    assertThat(snapshot().skipped()).isEqualTo(1);
  }

  @Test
  void theNextSnapshotLogsOnceThatARuleIsOff() {
    assertThat(printed(() -> fail(IllegalStateException::new))).doesNotContain(" is off");
    assertThat(printed(this::snapshot)).contains("rule test/rule is off for 10 minutes");
    assertThat(printed(this::snapshot)).isEmpty();
  }
}
