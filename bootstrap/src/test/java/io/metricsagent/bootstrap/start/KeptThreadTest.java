package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentThreads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptThreadTest {
  private final List<Thread> made = new ArrayList<>();
  private int runs;

  @Test
  void theNextCallTriesAgainIfNoThreadWasLeft() throws InterruptedException {
    KeptThread kept =
        new KeptThread(
            () -> runs++,
            task -> {
              made.add(Thread.currentThread());
              if (made.size() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return remember(task);
            });

    assertThat(kept.ensure()).isFalse();
    assertThat(kept.ensure()).isTrue();
    last().join();
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void aThreadThatDiedIsReplacedAndAThreadWhoseTaskReturnedIsNot() throws InterruptedException {
    KeptThread kept =
        new KeptThread(
            () -> {
              if (++runs == 1) {
                throw new OutOfMemoryError("heap");
              }
            },
            this::remember);

    for (int i = 0; i < 4; i++) {
      assertThat(kept.ensure()).isTrue();
      last().join();
    }

    assertThat(runs).isEqualTo(2);
    assertThat(made).hasSize(2);
  }

  private Thread remember(Runnable task) {
    Thread thread = new AgentThreads("test", null).newThread(task);
    made.add(thread);
    return thread;
  }

  private Thread last() {
    return made.get(made.size() - 1);
  }
}
