package io.metricsagent.instrumentations.libraries.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadValuesTest {
  private final BadValues badValues = new BadValues();

  @Test
  void goodValuesMakeNoWarning() {
    String printed =
        Printed.by(
            () -> {
              assertThat(badValues.isName("recordToolCall", "tool", "search")).isTrue();
              assertThat(badValues.time("recordToolCall", "latencyMillis", 0)).isZero();
              assertThat(badValues.time("recordToolCall", "latencyMillis", 7)).isEqualTo(7);
            });

    assertThat(printed).isEmpty();
  }

  @Test
  void theSameMistakeInAnotherMethodIsReportedToo() {
    String printed =
        Printed.by(
            () -> {
              assertThat(badValues.isName("recordMessageAck", "queue", null)).isFalse();
              assertThat(badValues.isName("recordMessageAck", "queue", " ")).isFalse();
              assertThat(badValues.isName("recordMessageNack", "queue", "")).isFalse();
            });

    assertThat(printed.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("recordMessageAck", "where queue is null"),
            line -> assertThat(line).contains("recordMessageNack", "where queue is blank"));
  }

  @Test
  void theCallerIsWhoCalledTheProxy() {
    StackTraceElement[] stack = {
      new StackTraceElement("io.metricsagent.BadValues", "say", "BadValues.java", 1),
      new StackTraceElement("jdk.proxy2.$Proxy7", "recordToolCall", null, -1),
      new StackTraceElement("com.acme.Job", "run", "Job.java", 12),
      new StackTraceElement("com.acme.Main", "main", "Main.java", 3)
    };

    assertThat(BadValues.caller(stack)).isEqualTo("at com.acme.Job.run(Job.java:12)");
    assertThat(BadValues.caller(new StackTraceElement[0])).isEqualTo("at an unknown line");
  }
}
