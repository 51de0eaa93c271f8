package com.example.shapes;

import static com.example.shapes.OwnShapesApp.check;

import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An adapter whose methods take a callback, and its user. */
final class CallbackCalls {
  /** A callback of the application's own. */
  public interface Listener {
    /** Receives a piece. */
    void onNext(String piece);

    /** Is called at the end. */
    void onComplete(String answer);

    /** Is called if the call fails. */
    void onError(Throwable error);
  }

  /** A callback with one method. */
  public interface Done {
    /** Is called at the end. */
    void done(String answer, Exception error);
  }

  /** Methods with callbacks, each measured by its name. */
  static final class Llm {
    void listen(String prompt, Listener listener) {
      later(
          () -> {
            listener.onNext("a");
            listener.onNext("b");
            if (prompt.equals("fail")) {
              listener.onError(new IllegalStateException());
            } else {
              listener.onComplete("ab");
            }
          });
    }

    void accept(String prompt, BiConsumer<String, Throwable> end) {
      later(() -> end.accept(prompt, null));
    }

    void done(String prompt, Done end) {
      later(() -> end.done(null, new IllegalStateException(prompt)));
    }

    void handle(String prompt, CompletionHandler<String, Object> handler) {
      later(() -> handler.completed(prompt, null));
    }

    void subscribe(String prompt, Flow.Subscriber<String> subscriber) {
      try (SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16)) {
        source.subscribe(subscriber);
        source.submit(prompt);
      }
    }

    /** A consumer may be called any number of times, so the call ends when the method returns. */
    void consume(String prompt, Consumer<String> consumer) {
      consumer.accept(prompt);
      consumer.accept(prompt);
    }

    /** Fails before it has told its callback anything. */
    void refuse(Listener listener) {
      throw new IllegalArgumentException(listener.getClass().getName());
    }
  }

  private static final Llm LLM = new Llm();

  private CallbackCalls() {}

  private static void later(Runnable work) {
    new Thread(work).start();
  }

  static void run() throws Exception {
    listen("a");
    listen("fail");
    List<String> heard = new ArrayList<>();
    CountDownLatch ends = new CountDownLatch(3);
    LLM.accept(
        "a",
        (answer, error) -> {
          heard.add(answer);
          ends.countDown();
        });
    LLM.done("a", (answer, error) -> ends.countDown());
    LLM.handle(
        "a",
        new CompletionHandler<>() {
          @Override
          public void completed(String result, Object attachment) {
            ends.countDown();
          }

          @Override
          public void failed(Throwable error, Object attachment) {}
        });
    ends.await();
    check(heard.equals(List.of("a")), "value and error");
    subscribe();
    LLM.consume("a", heard::add);
    check(heard.equals(List.of("a", "a", "a")), "consumer");
    try {
      LLM.refuse(new Reader());
      check(false, "did not fail");
    } catch (IllegalArgumentException e) {
      check(e.getMessage() != null, "message");
    }
  }

  private static void listen(String prompt) throws InterruptedException {
    Reader reader = new Reader();
    LLM.listen(prompt, reader);
    reader.done.await();
    check(reader.pieces.equals(List.of("a", "b")), "pieces");
  }

  private static void subscribe() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    LLM.subscribe(
        "a",
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
            done.countDown();
          }

          @Override
          public void onNext(String piece) {}

          @Override
          public void onError(Throwable error) {}

          @Override
          public void onComplete() {}
        });
    done.await();
  }

  /** Keeps what it hears. */
  private static final class Reader implements Listener {
    private final List<String> pieces = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void onNext(String piece) {
      pieces.add(piece);
    }

    @Override
    public void onComplete(String answer) {
      done.countDown();
    }

    @Override
    public void onError(Throwable error) {
      done.countDown();
    }
  }
}
