package io.metricsagent.agent.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkRunnerTest {
  /** A sink whose answers the test gives. */
  private static final class Receiver implements MetricsSink {
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private int exports;

    @Override
    public String name() {
      return "receiver";
    }

    @Override
    public CompletionStage<?> export(MetricsSnapshot snapshot) {
      exports++;
      return answer;
    }

    @Override
    public void close() {}
  }

  private final Receiver receiver = new Receiver();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final MetricsSnapshot snapshot =
      new Registry(
              new RegistrySettings(Instant.EPOCH, "w", "s", null, 10, "test"),
              Clock.systemUTC(),
              () -> {})
          .snapshot();
  private long now;
  private SinkRunner runner;

  @BeforeEach
  void catchTheLog() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    runner = new SinkRunner(receiver, () -> now);
  }

  @AfterEach
  void restoreTheLog() {
    System.setErr(before);
  }

  @Test
  void aDeadReceiverCostsOneLineThenAReminderNowAndThenAndALineWhenItIsBack() {
    receiver.answer =
        CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
    flushEveryMinuteFor(Duration.ofMinutes(25));

    assertThat(log())
        .hasSize(3)
        .allMatch(line -> line.contains("connection refused"))
        .satisfies(lines -> assertThat(lines.get(0)).contains("exporting to receiver failed"))
        .satisfies(lines -> assertThat(lines.get(2)).contains("still fails"));

    receiver.answer = CompletableFuture.completedFuture(null);
    flushEveryMinuteFor(Duration.ofMinutes(2));

    assertThat(log()).hasSize(4).last().asString().contains("works now, after 25 failures");
  }

  @Test
  void aSlowReceiverIsNotAskedAgainBeforeItHasAnswered() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    receiver.answer = slow;
    flushEveryMinuteFor(Duration.ofMinutes(5));
    assertThat(receiver.exports).isEqualTo(1);

    slow.complete(null);
    flushEveryMinuteFor(Duration.ofMinutes(1));
    assertThat(receiver.exports).isEqualTo(2);
    assertThat(log()).isEmpty();
  }

  @Test
  void theEndOfTheJvmDoesNotWaitForAReceiverThatNeverAnswers() throws InterruptedException {
    receiver.answer = new CompletableFuture<>();
    runner.export(snapshot);

    assertThat(runner.await(now)).isFalse();

    assertThat(log())
        .singleElement()
        .asString()
        .contains("did not finish its last export within 3 s; the newest figures may be missing");
  }

  @Test
  void whoIsGivenUpAtTheEndIsOneLineWhateverComesAfter() {
    CompletableFuture<Void> hanging = new CompletableFuture<>();
    receiver.answer = hanging;
    runner.export(snapshot);

    runner.await(now);
    runner.close();
    hanging.completeExceptionally(new IllegalStateException("the agent is stopping"));

    assertThat(log()).singleElement().asString().contains("did not finish");
  }

  @Test
  void theEndOfTheJvmHasLittlePatienceWithAReceiverThatWasDeadAtTheLastFlush() {
    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_NANOS);

    receiver.answer = CompletableFuture.failedFuture(new IllegalStateException("refused"));
    runner.export(snapshot);
    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_WITH_DEAD_NANOS);

    receiver.answer = new CompletableFuture<>();
    runner.export(snapshot);
    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_WITH_DEAD_NANOS);

    receiver.answer.complete(null);
    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_NANOS);
  }

  @Test
  void theEndOfTheJvmHasLittlePatienceWithAReceiverThatHungAlready() {
    receiver.answer = new CompletableFuture<>();
    runner.export(snapshot);
    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_NANOS);

    now += SinkRunner.HANGING_NANOS;

    assertThat(runner.patienceNanos()).isEqualTo(SinkRunner.PATIENCE_WITH_DEAD_NANOS);
  }

  /** The next sink has its turn all the same. */
  @Test
  void aFailureThatCannotSayWhatItIsStaysWithItsSink() {
    receiver.answer =
        CompletableFuture.failedFuture(
            new IllegalStateException() {
              private static final long serialVersionUID = 1;

              @Override
              public String toString() {
                throw new IllegalArgumentException("no words");
              }
            });

    assertThatCode(() -> runner.export(snapshot)).doesNotThrowAnyException();
    assertThatCode(() -> runner.exportLast(snapshot)).doesNotThrowAnyException();
  }

  private void flushEveryMinuteFor(Duration time) {
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      runner.export(snapshot);
      now += Duration.ofMinutes(1).toNanos();
    }
  }

  private List<String> log() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
