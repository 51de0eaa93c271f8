package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What reaches a subscriber when the agent fails at each signal. */
class WatchedPublisherTest {
  private final List<String> heard = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private long consumedNanos = -1;

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
      consumedNanos = nanos;
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

  private static class Reader implements Flow.Subscriber<String> {
    private final List<String> received;

    Reader(List<String> received) {
      this.received = received;
    }

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
        .subscribe(new Reader(received));
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
  void passesSignalsOnUnchanged() {
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

  /** As publishers of Amazon's client have them. */
  public interface Publisher extends Flow.Publisher<String> {
    /** Publishes to a reader of one piece. */
    default void sendTo(List<String> to) {
      subscribe(
          new Reader(to) {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
              subscription.request(1);
            }
          });
    }
  }

  @Test
  void seesSubscriptionsThroughDefaultMethods() {
    Publisher publisher = subscriber -> subscriber.onNext("one");
    ((Publisher) new Faulty().inFrontOf(publisher, "Publisher")).sendTo(received);

    assertThat(received).containsExactly("one");
    assertThat(heard).containsExactly("next", "consumed", "subscribed");
  }

  /** By a stand-in that is nobody else. */
  @Test
  void itsProxiesEqualTheirOriginals() {
    List<Object> subscribers = new ArrayList<>();
    Flow.Publisher<String> publisher = subscribers::add;
    Object watched = new Faulty().inFrontOf(publisher);
    Reader reader = new Reader(received);
    subscribe(watched, reader);

    assertThat(watched).isNotSameAs(publisher).isEqualTo(publisher).hasSameHashCodeAs(publisher);
    assertThat(subscribers).hasSize(1).first().isNotSameAs(reader).isEqualTo(reader);
  }

  @SuppressWarnings("unchecked") // it has the publisher's type
  private static void subscribe(Object publisher, Reader reader) {
    ((Flow.Publisher<String>) publisher).subscribe(reader);
  }

  @Test
  void reportsTheSubscribersTimeForAPieceEvenIfTheAgentFailedAtIt() {
    long start = System.nanoTime();
    read(subscriber -> subscriber.onNext("one"));

    assertThat(consumedNanos).isBetween(0L, System.nanoTime() - start);
  }

  @Test
  void throwsTheExceptionOfThePublisher() {
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
