package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A {@code Multi} of Mutiny is a publisher of the JDK's interface, with methods of its own; a
 * {@code Uni} is no publisher.
 */
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
  void aUniEndsWithItsItemForEachSubscription() {
    Uni<String> uni = call.follow(Uni.createFrom().item("a"), Uni.class);
    assertThat(call.heard()).containsExactly("waits");
    assertThat(uni.map(String::toUpperCase).await().indefinitely()).isEqualTo("A");
    assertThat(uni.await().indefinitely()).isEqualTo("a");

    assertThat(call.heard())
        .filteredOn(what -> !what.equals("begun"))
        .containsExactly("waits", "begins", "ended a", "begins", "ended a");
  }

  @Test
  void aUniWithoutItemEnds() {
    Uni<String> uni = call.follow(Uni.createFrom().<String>nullItem(), Uni.class);

    assertThat(uni.await().indefinitely()).isNull();
    assertThat(call.heard()).contains("ended null");
  }

  @Test
  void aUniFailsAndIsCancelled() {
    Uni<String> failing =
        call.follow(Uni.createFrom().<String>failure(new IllegalStateException()), Uni.class);
    assertThatThrownBy(() -> failing.await().indefinitely())
        .isInstanceOf(IllegalStateException.class);
    Uni<String> open = call.follow(Uni.createFrom().<String>nothing(), Uni.class);
    open.subscribe().with(item -> {}).cancel();

    assertThat(call.heard()).contains("failed IllegalStateException", "cancelled");
  }

  @Test
  void aUniSeesTheContextOfItsSubscriber() {
    Uni<String> asking =
        Uni.createFrom().context(context -> Uni.createFrom().item(context.<String>get("key")));
    Uni<String> uni = call.follow(asking, Uni.class);

    assertThat(uni.awaitUsing(Context.of("key", "value")).indefinitely()).isEqualTo("value");
  }

  @Test
  void aUniDeclaredAsAnythingIsLeftAlone() {
    Uni<String> uni = Uni.createFrom().item("a");

    assertThat(call.<Object>follow(uni, Object.class)).isSameAs(uni);
    assertThat(call.heard()).isEmpty();
  }

  @Test
  void aMultiDeclaredAsPublisherStaysAMulti() {
    Object given = call.follow(Multi.createFrom().item("a"), Flow.Publisher.class);

    assertThat(given).isInstanceOf(Multi.class);
    assertThat(call.heard()).containsExactly("waits");
  }
}
