package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenUpTest {
  /** Each call goes on where the one before has thrown. */
  @Test
  void aRequestThatCannotBeRecordedHoldsUpNeitherTheNextNorTheSnapshot() {
    Deque<String> dropped = new ArrayDeque<>(List.of("one", "broken", "two"));
    List<String> ended = new ArrayList<>();

    new LazyRegistry.GivenUp(
            () -> {
              for (String next = dropped.poll(); next != null; next = dropped.poll()) {
                if (next.equals("broken")) {
                  throw new IllegalStateException("a getter of a library");
                }
                ended.add(next);
              }
            })
        .run();

    assertThat(ended).containsExactly("one", "two");
  }
}
