package com.example.shapes;

import static com.example.shapes.OwnShapesApp.check;

import com.google.common.util.concurrent.ListenableFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Calls each method of {@link Answers} well, badly, and without waiting for the end. */
final class Results {
  private static final Answers ANSWERS = new Answers();

  private Results() {}

  static void run() throws Exception {
    futures();
    publishers();
    readers();
    ANSWERS.shutdown();
  }

  private static void futures() throws Exception {
    check(ANSWERS.future("a").get().equals("a"), "future");
    check(ANSWERS.future("fail").handle((value, error) -> error != null).get(), "failed future");
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    check(cancelled.cancel(true), "cancelled future");
    check(ANSWERS.stage("a").toCompletableFuture().get().equals("a"), "stage");

    CountDownLatch go = new CountDownLatch(1);
    Future<String> submitted = ANSWERS.submitted("a", go);
    check(!submitted.isDone(), "not done");
    try {
      submitted.get(1, TimeUnit.MILLISECONDS);
      check(false, "did not time out");
    } catch (TimeoutException e) {
      go.countDown();
    }
    check(submitted.get().equals("a"), "submitted");
    Future<String> failed = ANSWERS.submitted("fail", go);
    try {
      failed.get();
      check(false, "did not fail");
    } catch (ExecutionException e) {
      check(e.getCause() instanceof IllegalStateException, "cause");
    }
    CountDownLatch never = new CountDownLatch(1);
    Future<String> given = ANSWERS.submitted("a", never);
    check(given.cancel(true), "cancelled");
    check(given.isCancelled(), "is cancelled");

    check(ANSWERS.task("a").get().equals("a"), "task");
    ListenableFuture<String> listenable = ANSWERS.listenable("a");
    check(listenable.get().equals("a"), "listenable");
  }

  private static void publishers() throws Exception {
    check(ANSWERS.mono("a").block().equals("a"), "mono");
    fails(() -> ANSWERS.mono("fail").block());
    ANSWERS.mono("nobody subscribes to this one");
    Flux<String> flux = ANSWERS.flux("a");
    check(flux.collectList().block().size() == 3, "flux");
    check(flux.count().block() == 3, "flux again");
    fails(() -> ANSWERS.flux("fail").blockLast());
    check(ANSWERS.flux("a").take(1).blockLast().equals("a"), "cancelled flux");
    check(Flux.from(ANSWERS.publisher("a")).count().block() == 2, "publisher");
    check(ANSWERS.single("a").blockingGet().equals("a"), "single");
    fails(() -> ANSWERS.single("fail").blockingGet());
    check(ANSWERS.maybe("a").blockingGet().equals("a"), "maybe");
    check(ANSWERS.maybe("").blockingGet() == null, "empty maybe");
    ANSWERS.completable("a").blockingAwait();
    check(ANSWERS.flowable("a").count().blockingGet() == 2, "flowable");
    check(ANSWERS.flowable("a").firstElement().blockingGet().equals("a"), "cancelled flowable");
    check(ANSWERS.observable("a").timeout(9, TimeUnit.SECONDS).count().blockingGet() == 2, "rx");
    flow();
    check(
        ANSWERS.mono("a").timeout(Duration.ofSeconds(9)).flux().blockLast().equals("a"),
        "mono with operators");
  }

  private static void flow() throws Exception {
    List<String> read = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    ANSWERS
        .flow("a")
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(String piece) {
                read.add(piece);
              }

              @Override
              public void onError(Throwable error) {
                done.countDown();
              }

              @Override
              public void onComplete() {
                done.countDown();
              }
            });
    done.await();
    check(read.equals(List.of("a")), "flow");
  }

  private static void readers() {
    List<String> read = new ArrayList<>();
    for (Iterator<String> i = ANSWERS.iterator("a"); i.hasNext(); ) {
      read.add(i.next());
    }
    ANSWERS.iterator("c").forEachRemaining(read::add);
    check(read.equals(List.of("a", "b", "c", "b")), "iterator");
    check(
        ANSWERS.stream("a").filter(text -> true).collect(Collectors.joining()).equals("ab"),
        "stream");
    fails(() -> ANSWERS.stream("fail").toList());
    try (Stream<String> closed = ANSWERS.stream("a")) {
      check(closed.onClose(() -> {}).iterator().next().equals("a"), "closed stream");
    }
    check(ANSWERS.stream("a").parallel().sequential().unordered().count() == 2, "chain");
    check(Stream.concat(ANSWERS.stream("a"), Stream.of("c")).toList().size() == 3, "joined");
    check(ANSWERS.numbers(4).boxed().mapToInt(n -> n).sum() == 6, "numbers");
    try (Answers.Pieces pieces = ANSWERS.pieces("a")) {
      check(pieces.stream().toList().size() == 2, "pieces");
    }
    try (Answers.Pieces pieces = ANSWERS.pieces("a")) {
      check(pieces.stream() != null, "unread pieces");
    }
    check(ANSWERS.list("a").size() == 1, "list");
  }

  private static void fails(Supplier<Object> call) {
    Object result = null;
    try {
      result = call.get();
    } catch (IllegalStateException e) {
      return;
    }
    throw new IllegalStateException("did not fail: " + result);
  }
}
