package io.metricsagent.instrumentations.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a run knows. */
class RunTest {
  private final Run run = new Run("Assistant.chat", null, 1000, 5, false, true);

  @Test
  void theIdIsMadeOnce() {
    assertThat(UUID.fromString(run.id())).hasToString(run.id());
    assertThat(run.id()).isEqualTo(run.id());
    run.identify("too late");
    assertThat(run.id()).isNotEqualTo("too late");
  }

  @Test
  void theLibrarysIdWins() {
    run.identify("0b8f");
    run.identify("another");

    assertThat(run.id()).isEqualTo("0b8f");
  }

  @Test
  void onlyTheFirstIterationCounts() {
    assertThat(run.firstIterationNanos()).isEqualTo(CallEvent.UNKNOWN);
    run.iterated(1500);
    run.iterated(1700);

    assertThat(run.firstIterationNanos()).isEqualTo(500);
  }

  @Test
  void aConversationIsLearntOnce() {
    run.isPartOf(null);
    run.isPartOf("a");
    run.isPartOf("b");

    assertThat(run.conversation()).isEqualTo("a");
  }

  @Test
  void valuesAreBounded() {
    assertThat(run.values()).isEmpty();
    for (int i = 0; i < 2 * Run.MAX_VALUES; i++) {
      run.set("v" + i, i);
    }
    run.set("v0", 42);

    assertThat(run.values()).hasSize(Run.MAX_VALUES).containsEntry("v0", 42.0);
  }

  @Test
  void endsOnce() {
    assertThat(run.hasEnded()).isFalse();
    assertThat(run.end(new Run.Ending(1, null, null, null))).isTrue();
    assertThat(run.end(new Run.Ending(2, "x", null, null))).isFalse();
    assertThat(run.ending().errorType()).isNull();
  }
}
