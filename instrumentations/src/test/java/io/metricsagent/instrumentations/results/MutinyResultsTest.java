package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A {@code Multi} of Mutiny is a publisher of the JDK's interface, with methods of its own. */
class MutinyResultsTest {
  private final Followed call = new Followed();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMultiEndsWithItsLastPieceForEachSubscription() {
    Multi<String> multi = call.follow(Multi.createFrom().items("a", "b"), Multi.class);
    assertThat(call.heard()).containsExactly("waits");
    assertThat(multi.map(String::toUpperCase).collect().asList().await().indefinitely())
        .containsExactly("A", "B");
    assertThat(multi.collect().last().await().indefinitely()).isEqualTo("b");

    assertThat(call.heard())
        .filteredOn(what -> !what.equals("begun"))
        .containsExactly(
            "waits", "begins", "piece a", "piece b", "ended b", "begins", "piece a", "piece b",
            "ended b");
  }

  @Test
  void aMultiFails() {
    Multi<String> multi =
        call.follow(Multi.createFrom().failure(new IllegalStateException()), Multi.class);

    assertThatThrownBy(() -> multi.collect().asList().await().indefinitely())
        .isInstanceOf(IllegalStateException.class);
    assertThat(call.heard()).contains("failed IllegalStateException");
  }

  @Test
  void aMultiIsCancelled() {
    Multi<String> multi = call.follow(Multi.createFrom().<String>nothing(), Multi.class);
    multi.subscribe().with(piece -> {}).cancel();

    assertThat(call.heard()).contains("begins", "cancelled");
  }

  @Test
  void aMultiDeclaredAsPublisherStaysAMulti() {
    Object given = call.follow(Multi.createFrom().item("a"), Flow.Publisher.class);

    assertThat(given).isInstanceOf(Multi.class);
    assertThat(call.heard()).containsExactly("waits");
  }
}
