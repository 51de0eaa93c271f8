package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A callback ends its call if its methods leave no doubt. */
class CallbackArgumentTest {
  /** Leaves no doubt. */
  public interface Listener {
    /** A piece. */
    void onNext(String piece);

    /** The end. */
    default void onComplete() {}

    /** A failure. */
    void onError(String context, Exception error);
  }

  /** Has no method for errors. */
  public interface Progress {
    /** A piece. */
    void onNext(String piece);

    /** The end, perhaps. */
    void onComplete();
  }

  /** Takes a value or an exception. */
  public interface Done {
    /** The end. */
    void done(Object value, Throwable error);
  }

  private final List<String> received = new ArrayList<>();
  private final Followed call = new Followed();

  private final class Reader implements Listener {
    @Override
    public void onNext(String piece) {
      received.add(piece);
    }

    @Override
    public void onError(String context, Exception error) {
      received.add(context);
    }
  }

  private <T> T watched(T callback, Class<T> declared) {
    CallbackArgument argument = CallbackArgument.of(callback, declared);
    assertThat(argument.canBeWatched()).isTrue();
    assertThat(argument.isResumption()).isFalse();
    return declared.cast(argument.watched(call));
  }

  @Test
  void getsPiecesAndTheEnd() {
    Listener listener = watched(new Reader(), Listener.class);
    listener.onNext("a");
    listener.onComplete();

    assertThat(received).containsExactly("a");
    assertThat(call.heard()).containsExactly("piece a", "ended a");
  }

  @Test
  void getsAFailure() {
    watched(new Reader(), Listener.class).onError("c", new IllegalStateException());

    assertThat(received).containsExactly("c");
    assertThat(call.heard()).containsExactly("failed IllegalStateException");
  }

  @Test
  void takesAValueOrAnException() {
    Done done = watched((value, error) -> received.add("done"), Done.class);
    done.done("a", null);
    assertThat(call.heard()).containsExactly("ended a");

    watched((value, error) -> received.add("done"), Done.class)
        .done(null, new IllegalStateException());
    assertThat(received).containsExactly("done", "done");
  }

  /** Whether it takes an exception is what the method's declaration says. */
  @Test
  void mayBeAConsumerOfTwo() {
    BiConsumer<?, ?> consumer = watched((a, b) -> received.add("b"), BiConsumer.class);
    assertThat(consumer).isNotNull();
  }

  @Test
  void mayCancel() {
    Flow.Subscriber<?> subscriber =
        watched(
            new Flow.Subscriber<Object>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
              }

              @Override
              public void onNext(Object piece) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            },
            Flow.Subscriber.class);
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            received.add("cancel");
          }
        });

    assertThat(received).containsExactly("cancel");
    assertThat(call.heard()).containsExactly("cancelled");
  }

  @Test
  void isNoneIfItsMethodsMayMeanAnything() {
    Consumer<String> consumer = received::add;
    assertThat(CallbackArgument.of(consumer, Consumer.class)).isNull();
    assertThat(CallbackArgument.of((Runnable) () -> {}, Runnable.class)).isNull();
    assertThat(CallbackArgument.of(new Reader(), Reader.class)).isNull();
    assertThat(CallbackArgument.of(null, Listener.class)).isNull();
    Progress progress = null;
    assertThat(CallbackArgument.of(progress, Progress.class)).isNull();
    assertThat(CallbackShape.of(Progress.class)).isNull();
  }
}
