package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.llm.LlmCallHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import io.metricsagent.instrumentations.wire.AttemptHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that a call loads are woven during the call, and that time is not part of the call. */
class UntimedWeaverTest {
  private static final int MILLIS = 40;

  private final Registry registry = Chats.registry();
  private final LlmCallHandler requests =
      new LlmCallHandler(new Chats("openai", "gpt"), new Telemetry(registry));
  private final AttemptHandler attempts = new AttemptHandler();
  private long wovenNanos;

  private void weaveSlowly() {
    TargetWeaver slow =
        (module, loader, className, classFile, supertypes) -> {
          long start = System.nanoTime();
          sleep();
          wovenNanos += System.nanoTime() - start;
          return classFile;
        };
    new UntimedWeaver(slow).weave(null, null, "com/example/Late", new byte[0], List.of());
  }

  private static void sleep() {
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Weaves once before the request is sent, once while it is sent, and once while the answer is
   * read.
   */
  @Test
  void noPhaseIncludesTheTimeOfWeaving() {
    long start = System.nanoTime();
    Object request = requests.enter(this, null, null, null);
    weaveSlowly();
    Object attempt = attempts.enter(this, null, null, null);
    sleep();
    weaveSlowly();
    attempts.exit(attempt, "answer", null);
    weaveSlowly();
    requests.exit(request, null, null);
    long elapsed = System.nanoTime() - start;

    AdapterSnapshot openai = registry.snapshot().adapters().get(0);
    long total = openai.totalLatency().sumNanos();
    assertThat(total).isLessThanOrEqualTo(elapsed - wovenNanos);
    assertThat(
            openai.renderLatency().sumNanos()
                + openai.callLatency().sumNanos()
                + openai.parseLatency().sumNanos())
        .isEqualTo(total);
    assertThat(openai.callLatency().sumNanos())
        .isLessThanOrEqualTo(elapsed - wovenNanos)
        .isGreaterThanOrEqualTo(MILLIS * 900_000L);
    assertThat(openai.renderLatency().sumNanos()).isNotNegative();
    assertThat(openai.parseLatency().sumNanos()).isNotNegative();
  }

  @Test
  void weavingOnAThreadWithoutACallChangesNothing() {
    weaveSlowly();

    assertThat(FrameStack.current().top()).isNull();
    assertThat(registry.snapshot().adapters()).isEmpty();
  }
}
