package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What reaches a subscriber when the agent fails at everything that it hears. */
class WatchedPublisherTest {
  private final List<String> heard = new ArrayList<>();
  private final List<String> received = new ArrayList<>();

  private final class Faulty extends WatchedPublisher implements WatchedPublisher.Signals {
    private void fail(String signal) {
      heard.add(signal);
      throw new IllegalStateException(signal);
    }

    @Override
    protected Signals subscribing() {
      return this;
    }

    @Override
    protected void subscribed(Signals signals) {
      fail("subscribed");
    }

    @Override
    public void next(Object value) {
      fail("next");
    }

    @Override
    public void consumed(long nanos) {
      fail("consumed");
    }

    @Override
    public void failed(Throwable error) {
      fail("failed");
    }

    @Override
    public void completed() {
      fail("completed");
    }

    @Override
    public void cancelled() {
      fail("cancelled");
    }
  }

  private final class Reader implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(String item) {
      received.add(item);
    }

    @Override
    public void onError(Throwable error) {
      received.add(error.getMessage());
    }

    @Override
    public void onComplete() {
      received.add("complete");
    }
  }

  @SuppressWarnings("unchecked") // it has the publisher's type
  private void read(Flow.Publisher<String> publisher) {
    ((Flow.Publisher<String>) new Faulty().inFrontOf(publisher, "Publisher"))
        .subscribe(new Reader());
  }

  private final class Cancellation implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      received.add("cancel");
    }
  }

  @Test
  void isWhatThePublisherSent() {
    read(
        subscriber -> {
          subscriber.onSubscribe(new Cancellation());
          subscriber.onNext("one");
          subscriber.onComplete();
        });
    read(subscriber -> subscriber.onError(new IllegalArgumentException("broken")));

    assertThat(received).containsExactly("cancel", "one", "complete", "broken");
    assertThat(heard)
        .containsExactly(
            "cancelled", "next", "consumed", "completed", "subscribed", "failed", "subscribed");
  }

  @Test
  void isTheExceptionOfThePublisher() {
    try {
      read(
          subscriber -> {
            throw new IllegalArgumentException("no");
          });
    } catch (IllegalArgumentException e) {
      received.add(e.getMessage());
    }
    assertThat(received).containsExactly("no");
    assertThat(heard).containsExactly("failed", "subscribed");
  }
}
