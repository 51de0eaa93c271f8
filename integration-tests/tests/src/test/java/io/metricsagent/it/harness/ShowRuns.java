package io.metricsagent.it.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints command and output of the last runs when a test fails. */
public final class ShowRuns implements TestWatcher {
  private static final int KEPT = 2;
  private static final Deque<FinishedRun> LAST = new ArrayDeque<>();

  static synchronized void remember(FinishedRun run) {
    if (LAST.size() == KEPT) {
      LAST.remove();
    }
    LAST.add(run);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    synchronized (ShowRuns.class) {
      System.err.println(context.getDisplayName() + " failed after:");
      LAST.forEach(System.err::println);
    }
  }
}
