package io.metricsagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentLog.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentLogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream original = System.err;

  @BeforeEach
  void catchStandardError() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(original);
    AgentLog.level(Level.INFO);
  }

  @Test
  void aMessageIsOneLineWithThePrefixAndSaysWhenItIsAProblem() {
    AgentLog.info("two\nlines");
    AgentLog.warn("odd");
    AgentLog.error("broken");

    assertThat(lines())
        .containsExactly(
            "[metrics-agent] two lines",
            "[metrics-agent] warn: odd",
            "[metrics-agent] error: broken");
  }

  /** Such as the name of a sink that somebody else wrote. */
  @Test
  void nothingReachesATerminalThatItObeysOrHides() {
    AgentLog.warn("sink \u001b[31mred\u202e\u2028\u009b\r\uD800 and \uD83D\uDE00 fail");
    assertThat(lines())
        .containsExactly("[metrics-agent] warn: sink ?[31mred????? and \uD83D\uDE00 fail");
  }

  @Test
  void aLevelIncludesThoseBeforeItOnly() {
    AgentLog.level(Level.WARN);
    AgentLog.debug("debug", null);
    AgentLog.info("info");
    AgentLog.warn("warn");
    AgentLog.error("error");
    AgentLog.level(Level.OFF);
    AgentLog.error("nothing");

    assertThat(lines())
        .containsExactly("[metrics-agent] warn: warn", "[metrics-agent] error: error");
  }

  @Test
  void stackTracesAreDetails() {
    AgentLog.log(Level.WARN, "refused", new IllegalStateException("cause"));
    assertThat(lines()).containsExactly("[metrics-agent] warn: refused");

    AgentLog.level(Level.DEBUG);
    AgentLog.log(Level.WARN, "refused", new IllegalStateException("cause"));
    assertThat(lines()).contains("java.lang.IllegalStateException: cause");
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
