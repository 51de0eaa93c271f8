package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SinkThreadTest {
  private static final int PATIENCE_SECONDS = 20;

  @Test
  void afterAMomentWithoutThreadsTheNextExportRuns() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    SinkThread thread =
        new SinkThread(
            task -> {
              if (asked.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return new Thread(task);
            });

    assertThatThrownBy(() -> thread.run(() -> 1)).isInstanceOf(OutOfMemoryError.class);
    assertThat(thread.run(() -> 2).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
    thread.interrupt();
  }

  /** The application's fault that happens to reach us closes the file that is being written. */
  @Test
  void anExportThatAnInterruptBrokeIsRunOnceMore() throws Exception {
    SinkThread thread = new SinkThread("test");
    AtomicInteger runs = new AtomicInteger();

    CompletableFuture<Object> done =
        thread.runStage(
            () -> {
              if (runs.incrementAndGet() == 1) {
                Thread.currentThread().interrupt();
                return CompletableFuture.failedFuture(new ClosedByInterruptException());
              }
              return CompletableFuture.completedFuture("written");
            });

    assertThat(done.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("written");
    assertThat(runs).hasValue(2);
    thread.interrupt();
  }

  @Test
  void anExportThatFailsForAnotherReasonIsRunOnce() {
    SinkThread thread = new SinkThread("test");
    AtomicInteger runs = new AtomicInteger();

    CompletableFuture<Object> done =
        thread.runStage(
            () -> {
              runs.incrementAndGet();
              return CompletableFuture.failedFuture(new IllegalStateException("full"));
            });

    assertThatThrownBy(() -> done.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseMessage("full");
    assertThat(runs).hasValue(1);
    thread.interrupt();
  }

  @Test
  void anErrorIsTheOutcomeAndTheThreadServesOn() throws Exception {
    SinkThread thread = new SinkThread("test");

    CompletableFuture<Object> broken =
        thread.run(
            () -> {
              throw new OutOfMemoryError("heap");
            });

    assertThatThrownBy(() -> broken.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(thread.run(() -> "next").get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("next");
    thread.interrupt();
  }
}
