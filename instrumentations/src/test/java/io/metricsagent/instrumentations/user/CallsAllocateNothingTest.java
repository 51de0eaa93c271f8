package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A measured call takes no memory once its thread and its series exist. */
class CallsAllocateNothingTest {
  private static final int CALLS = 100_000;

  /** What the measurement itself may take; one object a call would be 1.6 MB. */
  private static final long TOLERATED_BYTES = 4_096;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A class that the settings name. */
  private static final class Calculator {}

  private final Recorded recorded = new Recorded();
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

  private static void assertAllocatesNothing(SiteHandler handler, Object self) {
    assumeTrue(THREADS.isThreadAllocatedMemorySupported());
    THREADS.setThreadAllocatedMemoryEnabled(true);
    allocatedBytes(handler, self);
    allocatedBytes(handler, self);
    assertThat(allocatedBytes(handler, self)).isLessThan(TOLERATED_BYTES);
  }

  @SuppressWarnings("deprecation") // threadId() exists from 19 on
  private static long allocatedBytes(SiteHandler handler, Object self) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      Object token = handler.enter(self, "argument", null, null);
      handler.exit(token, "result", null);
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
