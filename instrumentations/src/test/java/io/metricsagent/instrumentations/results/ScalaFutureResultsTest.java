package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** A future of Scala ends its call, and is not replaced. */
class ScalaFutureResultsTest {
  private final Followed call = new Followed();
  private final Promise<String> promise = Promise.apply();

  @Test
  void endsTheCallWithItsValue() {
    assertThat(call.<Object>follow(promise.future(), Future.class)).isSameAs(promise.future());
    assertThat(call.heard()).containsExactly("goes on");
    promise.success("a");

    assertThat(call.heard()).containsExactly("goes on", "ended a");
  }

  @Test
  void failsTheCall() {
    call.<Object>follow(promise.future(), Object.class);
    promise.failure(new IllegalStateException());

    assertThat(call.heard()).containsExactly("goes on", "failed IllegalStateException");
  }
}
