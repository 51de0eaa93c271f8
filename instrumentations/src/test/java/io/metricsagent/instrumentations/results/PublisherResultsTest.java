package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Each subscription to a publisher is a call; a publisher keeps its library's type. */
class PublisherResultsTest {
  private final Followed call = new Followed();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aMonoEndsWithItsValue() {
    Mono<String> mono = call.follow(Mono.just("a").map(text -> text), Mono.class);
    assertThat(call.heard()).containsExactly("waits");

    assertThat(mono.block()).isEqualTo("a");
    assertThat(call.heard()).startsWith("waits", "begins").contains("ended a");
  }

  @Test
  void anEmptyMonoEnds() {
    assertThat(call.<Mono<?>>follow(Mono.empty(), Mono.class).block()).isNull();
    assertThat(call.heard()).contains("ended null");
  }

  @Test
  void aFluxEndsWithItsLastPieceForEachSubscription() {
    Flux<String> flux = call.follow(Flux.just("a", "b"), Flux.class);
    assertThat(flux.collectList().block()).containsExactly("a", "b");
    assertThat(flux.blockLast()).isEqualTo("b");

    assertThat(call.heard())
        .filteredOn(what -> !what.equals("begun"))
        .containsExactly(
            "waits", "begins", "piece a", "piece b", "ended b", "begins", "piece a", "piece b",
            "ended b");
  }

  @Test
  void aFluxFailsAndIsCancelled() {
    Flux<String> failing = call.follow(Flux.error(new IllegalStateException()), Flux.class);
    assertThatThrownBy(failing::blockLast).isInstanceOf(IllegalStateException.class);
    Flux<String> flux = call.follow(Flux.just("a", "b"), Flux.class);
    assertThat(flux.take(1).blockLast()).isEqualTo("a");

    assertThat(call.heard()).contains("failed IllegalStateException", "cancelled");
  }

  @Test
  void aFluxDeclaredAsPublisherStaysAFlux() {
    Object given = call.follow(Flux.just("a"), Publisher.class);

    assertThat(given).isInstanceOf(Flux.class);
    assertThat(call.heard()).containsExactly("waits");
  }

  @Test
  void whatIsPublishedWithoutSubscribersIsLeftAlone() {
    Flux<String> connectable = Flux.just("a").publish();
    assertThat(ResultFamily.of(connectable)).isNull();
    assertThat(ResultFamily.of(PublishSubject.create())).isNull();
    Flux<Object> sink = Sinks.many().multicast().onBackpressureBuffer().asFlux();
    Object given = ResultFamily.of(sink) == null ? sink : call.follow(sink, Flux.class);
    assertThat(given).isInstanceOf(Flux.class);
  }

  @Test
  void whatAnsweredWithinTheMethodIsLeftAlone() {
    Mono<String> mono = Mono.just("a");

    assertThat(call.answered().<Object>follow(mono, Mono.class)).isSameAs(mono);
    assertThat(call.heard()).isEmpty();
  }

  @Test
  void aSingleEndsWithItsValue() {
    Single<String> single = call.follow(Single.just("a"), Single.class);

    assertThat(single.blockingGet()).isEqualTo("a");
    assertThat(call.heard()).contains("begins", "ended a");
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
  void anObservableIsCancelled() {
    Observable<String> observable = call.follow(Observable.<String>never(), Observable.class);
    observable.subscribe().dispose();

    assertThat(call.heard()).contains("cancelled");
  }

  @Test
  void aPublisherOfTheJdkIsFollowedWhereItsInterfaceIsDeclared() {
    try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 4)) {
      Object itself = ResultFamily.of(publisher).follow(publisher, SubmissionPublisher.class, call);
      assertThat(itself).isSameAs(publisher);
      Flow.Publisher<String> given = call.follow(publisher, Flow.Publisher.class);
      given.subscribe(new Reader());
      publisher.submit("a");
    }

    assertThat(call.heard()).contains("waits", "begins", "piece a", "ended a");
  }

  /** Asks for everything. */
  private static final class Reader implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String piece) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
