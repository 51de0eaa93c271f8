package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.reactivex.Completable;
import io.reactivex.Flowable;
import io.reactivex.Maybe;
import io.reactivex.Observable;
import io.reactivex.Single;
import io.reactivex.subjects.PublishSubject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** RxJava 2, whose types have other names than those of RxJava 3. */
class RxJava2ResultsTest {
  private final Followed call = new Followed();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aSingleEndsWithItsValue() {
    Single<String> single = call.follow(Single.just("a").map(text -> text), Single.class);
    assertThat(call.heard()).containsExactly("waits");

    assertThat(single.blockingGet()).isEqualTo("a");
    assertThat(call.heard()).startsWith("waits", "begins").contains("ended a");
  }

  @Test
  void aSingleFails() {
    Single<String> single = call.follow(Single.error(new IllegalStateException()), Single.class);

    assertThatThrownBy(single::blockingGet).isInstanceOf(IllegalStateException.class);
    assertThat(call.heard()).contains("failed IllegalStateException");
  }

  @Test
  void aMaybeEndsWithAndWithoutValue() {
    Maybe<String> full = call.follow(Maybe.just("a"), Maybe.class);
    assertThat(full.blockingGet()).isEqualTo("a");
    Maybe<String> empty = call.follow(Maybe.empty(), Maybe.class);
    assertThat(empty.blockingGet()).isNull();

    assertThat(call.heard()).contains("ended a", "ended null");
  }

  @Test
  void aCompletableEnds() {
    Completable completable = call.follow(Completable.complete(), Completable.class);
    completable.blockingAwait();

    assertThat(call.heard()).contains("begins", "ended null");
  }

  @Test
  void aFlowableAndAnObservableEndWithTheirLastPiece() {
    Flowable<String> flowable = call.follow(Flowable.just("a", "b"), Flowable.class);
    assertThat(flowable.toList().blockingGet()).containsExactly("a", "b");
    Observable<String> observable = call.follow(Observable.just("c", "d"), Observable.class);
    assertThat(observable.toList().blockingGet()).containsExactly("c", "d");

    assertThat(call.heard()).contains("piece a", "piece b", "ended b", "piece c", "ended d");
  }

  @Test
  void eachSubscriptionIsACall() {
    Flowable<String> flowable = call.follow(Flowable.just("a"), Flowable.class);
    assertThat(flowable.blockingLast()).isEqualTo("a");
    assertThat(flowable.blockingLast()).isEqualTo("a");

    assertThat(call.heard()).filteredOn("begins"::equals).hasSize(2);
    assertThat(call.heard()).filteredOn("ended a"::equals).hasSize(2);
  }

  @Test
  void aFlowableDeclaredAsPublisherStaysAFlowable() {
    Object given = call.follow(Flowable.just("a"), Publisher.class);

    assertThat(given).isInstanceOf(Flowable.class);
    assertThat(call.heard()).containsExactly("waits");
  }

  @Test
  void anObservableIsCancelled() {
    Observable<String> observable = call.follow(Observable.<String>never(), Observable.class);
    observable.subscribe().dispose();

    assertThat(call.heard()).contains("cancelled");
  }

  @Test
  void whatIsPublishedWithoutSubscribersIsLeftAlone() {
    assertThat(ResultFamily.of(PublishSubject.create())).isNull();
    assertThat(ResultFamily.of(Flowable.just("a").publish())).isNull();
    assertThat(ResultFamily.of(Observable.just("a").publish())).isNull();
  }
}
