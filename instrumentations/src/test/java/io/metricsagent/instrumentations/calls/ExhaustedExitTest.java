package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import org.junit.jupiter.api.Test;

/**
 * The end of a call on a thread whose stack is exhausted: a later call is not part of that call.
 */
class ExhaustedExitTest {
  private static final int LEVELS = 200;
  private static final int STACK_BYTES = 256 * 1024;

  private final Telemetry telemetry = new Telemetry(Chats.registry());
  private final LlmCallHandler calls = new LlmCallHandler(new Chats("openai", "gpt"), telemetry);

  /** How many levels the recursion has come back from its deepest one. */
  private int comeBack;

  private Throwable fault;

  /** Overflows the stack, comes back by {@code levels} and ends the call there. */
  @SuppressWarnings("InfiniteRecursion") // until the stack is exhausted
  private void endAt(int levels, Object token) {
    try {
      endAt(levels, token);
    } catch (StackOverflowError expected) {
      // This is the deepest level, or the end of the call failed in a way that is not caught below.
    }
    if (comeBack++ == levels) {
      try {
        calls.exit(token, "answer", null);
      } catch (StackOverflowError e) {
        fault = e;
      }
    }
  }

  /** Returns whether the overflow came after the handler's first statement. */
  private static boolean isWithinExit(Throwable fault) {
    StackTraceElement[] trace = fault == null ? new StackTraceElement[0] : fault.getStackTrace();
    for (int i = 1; i < trace.length; i++) {
      if (trace[i].getMethodName().equals("exit")
          && trace[i].getClassName().equals(FrameHandler.class.getName())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns how many of the ends failed; fails itself if one of them left its call on the stack.
   */
  private int endAtEachLevel() {
    int failed = 0;
    for (int levels = 0; levels < LEVELS; levels++) {
      Object token = calls.enter(this, null, null, null);
      comeBack = 0;
      fault = null;
      endAt(levels, token);
      if (isWithinExit(fault)) {
        failed++;
        assertThat(FrameStack.current().top()).as("overflow %d levels up", levels).isNull();
      }
      FrameStack.current().end((Frame) token);
    }
    return failed;
  }

  @Test
  void aCallWhoseEndFailedEnclosesNothing() throws InterruptedException {
    calls.exit(calls.enter(this, null, null, null), "answer", null); // loads what that needs
    int[] failed = new int[1];
    Throwable[] thrown = new Throwable[1];
    Thread thread = new Thread(null, () -> failed[0] = endAtEachLevel(), "exhausted", STACK_BYTES);
    thread.setUncaughtExceptionHandler((ignored, error) -> thrown[0] = error);
    thread.start();
    thread.join();

    assertThat(thrown[0]).isNull();
    assertThat(failed[0]).isPositive();
  }
}
