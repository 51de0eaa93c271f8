package com.example.bedrock;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** Streamed answers; only the asynchronous client has them. */
final class Streams {
  private static final String QUESTION = "Tell me about the history of this warehouse";

  private final Clients clients;

  Streams(Clients clients) {
    this.clients = clients;
  }

  private CompletableFuture<Void> ask(
      String model, String question, ConverseStreamResponseHandler handler) {
    return clients
        .async()
        .converseStream(
            ConverseStreamRequest.builder()
                .modelId(model)
                .messages(Chats.question(question))
                .build(),
            handler);
  }

  private static ConverseStreamResponseHandler handler(Consumer<ConverseStreamOutput> events) {
    return ConverseStreamResponseHandler.builder().subscriber(events).build();
  }

  void all() throws Exception {
    // Loads classes, so that no piece of "streamed" waits for that.
    ask("late", QUESTION + " [late 300]", handler(event -> {})).join();
    AtomicInteger events = new AtomicInteger();
    ask("streamed", QUESTION, handler(event -> events.incrementAndGet())).join();
    ConverseStreamResponseHandler.Visitor visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(event -> events.incrementAndGet())
            .build();
    ask("streamed", QUESTION, ConverseStreamResponseHandler.builder().subscriber(visitor).build())
        .join();
    System.out.println(events.get() + " events");
    slowConsumer();
    ask("unhurried", QUESTION, handler(event -> sleep(60))).join();
    cancelled();
    consumerThrows();
    givenUp();
    invoke();
  }

  /** Takes 100 ms for each piece. */
  private void slowConsumer() {
    ask("slow-consumer", QUESTION, handler(event -> sleep(100))).join();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void fails(String model, String question) {
    try {
      ask(model, question, handler(event -> {})).join();
      System.out.println("no failure");
    } catch (CompletionException e) {
      System.out.println(question + " " + e.getCause().getClass().getName());
    }
  }

  /** Cancels the stream after one event. */
  private void cancelled() throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(1);
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .onEventStream(publisher -> publisher.subscribe(new OneEvent(enough)))
            .build();
    CompletableFuture<Void> future = ask("cancelled", QUESTION, handler);
    enough.await();
    System.out.println("one event was enough " + (future != null));
  }

  private static final class OneEvent implements Subscriber<ConverseStreamOutput> {
    private final CountDownLatch enough;
    private Subscription subscription;

    OneEvent(CountDownLatch enough) {
      this.enough = enough;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      subscription.cancel();
      enough.countDown();
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  private void consumerThrows() {
    try {
      ask(
              "thrower",
              QUESTION,
              handler(
                  event -> {
                    throw new IllegalStateException("no appetite");
                  }))
          .join();
      System.out.println("nothing thrown");
    } catch (CompletionException e) {
      System.out.println("thrown");
    }
  }

  private void givenUp() {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Void> future =
        ask("given-up", QUESTION, handler(event -> started.countDown()));
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    future.cancel(true);
    try {
      future.join();
    } catch (CancellationException | CompletionException e) {
      System.out.println("given up");
    }
  }

  private void invoke() {
    AtomicInteger chunks = new AtomicInteger();
    clients
        .async()
        .invokeModelWithResponseStream(
            InvokeModelWithResponseStreamRequest.builder()
                .modelId("invoked-stream")
                .body(Chats.body(QUESTION))
                .build(),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(chunk -> chunks.incrementAndGet())
                .build())
        .join();
    System.out.println(chunks.get() + " chunks");
  }
}
