package com.example.shapes;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An adapter whose methods return what tells their end. Each method is measured by its name. */
final class Answers {
  /** An answer in pieces that has to be closed. */
  public interface Pieces extends AutoCloseable {
    /** Returns the pieces. */
    Stream<String> stream();

    @Override
    void close();
  }

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final ListeningExecutorService listening = MoreExecutors.listeningDecorator(executor);

  void shutdown() {
    executor.shutdown();
  }

  CompletableFuture<String> future(String prompt) {
    return CompletableFuture.supplyAsync(() -> answer(prompt), executor);
  }

  CompletionStage<String> stage(String prompt) {
    return future0(prompt).thenApply(text -> text);
  }

  private CompletableFuture<String> future0(String prompt) {
    return CompletableFuture.supplyAsync(() -> answer(prompt), executor);
  }

  Future<String> submitted(String prompt, CountDownLatch go) {
    return executor.submit(
        () -> {
          go.await();
          return answer(prompt);
        });
  }

  FutureTask<String> task(String prompt) {
    FutureTask<String> task = new FutureTask<>(() -> answer(prompt));
    executor.execute(task);
    return task;
  }

  ListenableFuture<String> listenable(String prompt) {
    return listening.submit(() -> answer(prompt));
  }

  Mono<String> mono(String prompt) {
    return Mono.fromSupplier(() -> answer(prompt));
  }

  Flux<String> flux(String prompt) {
    return Flux.defer(() -> Flux.just(answer(prompt), "b", "c")).map(text -> text);
  }

  Publisher<String> publisher(String prompt) {
    return Flux.defer(() -> Flux.just(answer(prompt), "b"));
  }

  Single<String> single(String prompt) {
    return Single.fromCallable(() -> answer(prompt)).map(text -> text);
  }

  Maybe<String> maybe(String prompt) {
    return prompt.isEmpty() ? Maybe.empty() : Maybe.fromCallable(() -> answer(prompt));
  }

  Completable completable(String prompt) {
    return Completable.fromAction(() -> answer(prompt));
  }

  Flowable<String> flowable(String prompt) {
    return Flowable.defer(() -> Flowable.just(answer(prompt), "b"));
  }

  Observable<String> observable(String prompt) {
    return Observable.defer(() -> Observable.just(answer(prompt), "b"));
  }

  Flow.Publisher<String> flow(String prompt) {
    return subscriber -> {
      try (SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16)) {
        source.subscribe(subscriber);
        source.submit(answer(prompt));
      }
    };
  }

  Iterator<String> iterator(String prompt) {
    return List.of(answer(prompt), "b").iterator();
  }

  Stream<String> stream(String prompt) {
    return Stream.of(prompt, "b").map(Answers::answer);
  }

  IntStream numbers(int count) {
    return IntStream.range(0, count);
  }

  Pieces pieces(String prompt) {
    return new Pieces() {
      @Override
      public Stream<String> stream() {
        return Stream.of(answer(prompt), "b");
      }

      @Override
      public void close() {}
    };
  }

  /** A collection is a complete answer. */
  List<String> list(String prompt) {
    return List.of(answer(prompt));
  }

  private static String answer(String prompt) {
    if (prompt.equals("fail")) {
      throw new IllegalStateException("refused");
    }
    return prompt;
  }
}
