package io.metricsagent.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundSinkTest {
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final MetricsSnapshot snapshot = new SampleRegistry().snapshot();

  /** What somebody may write who has not read that an export must not wait. */
  private final class Waiting implements MetricsSink {
    @Override
    public String name() {
      return "acme";
    }

    @Override
    public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
      answered.await();
      if (snapshot.tools().isEmpty()) {
        throw new IOException("nothing to send");
      }
      return CompletableFuture.completedFuture(snapshot.tools().size());
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void anExportThatWaitsHoldsUpNobodyAndEndsWhenItEnds() throws Exception {
    BackgroundSink sink = new BackgroundSink(new Waiting());
    assertThat(sink.name()).isEqualTo("acme");
    CompletableFuture<?> export =
        sink.export(new SampleRegistry().recordEverything().snapshot()).toCompletableFuture();
    assertThat(export).isNotDone();
    sink.close();
    assertThat(closed.getCount()).isEqualTo(1);
    answered.countDown();
    assertThat(export.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatItThrowsIsTheOutcome() {
    answered.countDown();
    try (BackgroundSink sink = new BackgroundSink(new Waiting())) {
      assertThatThrownBy(
              () -> sink.export(snapshot).toCompletableFuture().get(20, TimeUnit.SECONDS))
          .hasRootCauseMessage("nothing to send");
    }
  }

  /** A user's sink may do anything; the other sinks are made all the same. */
  @Test
  void aSinkThatCannotTellItsNameHasThatOfItsClass() throws Exception {
    MetricsSink nameless = new Nameless();
    try (BackgroundSink sink = new BackgroundSink(nameless)) {
      assertThat(sink.name()).isEqualTo(Nameless.class.getName());
      assertThat(sink.export(snapshot).toCompletableFuture().get(20, TimeUnit.SECONDS))
          .isEqualTo("taken");
    }
  }

  @Test
  void aSinkThatReturnsNothingHasFailed() {
    try (BackgroundSink sink = new BackgroundSink(new Silent())) {
      assertThatThrownBy(
              () -> sink.export(snapshot).toCompletableFuture().get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(NullPointerException.class);
    }
  }

  private static final class Nameless implements MetricsSink {
    @Override
    public String name() {
      throw new UnsupportedOperationException("later");
    }

    @Override
    public CompletionStage<?> export(MetricsSnapshot snapshot) {
      return CompletableFuture.completedFuture("taken");
    }

    @Override
    public void close() {}
  }

  private static final class Silent implements MetricsSink {
    @Override
    public String name() {
      return "silent";
    }

    @Override
    public CompletionStage<?> export(MetricsSnapshot snapshot) {
      return null;
    }

    @Override
    public void close() {}
  }
}
