package io.metricsagent.instrumentations.libraries.springintegration;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Garbage;
import io.metricsagent.instrumentations.testing.Recorded;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What the handlers of a {@code QueueChannel} record. */
class QueueChannelTest {
  /** A channel as the library has it: only what the handlers read. */
  public static final class Channel {
    private final String beanName;
    private int size;
    private int asked;

    Channel(String beanName) {
      this.beanName = beanName;
    }

    public String getBeanName() {
      return beanName;
    }

    public int getQueueSize() {
      asked++;
      return size;
    }
  }

  private final Recorded recorded = new Recorded();
  private final ChannelTracker tracker = new ChannelTracker(recorded.registry());
  private final SiteHandler made = new MadeHandler(tracker);
  private final SiteHandler send = new SendHandler(tracker);
  private final SiteHandler receive = new ReceiveHandler(tracker);
  private final SiteHandler remove = new RemoveHandler(tracker);
  private final Channel channel = new Channel("orders");
  private final Object message = new Object();

  private void send(Channel to, Object what, Object result) {
    Object token = send.enter(to, what, null, null);
    if (token != null) {
      send.exit(token, result, null);
    }
  }

  private void receive(Channel from, Object what) {
    receive.exit(receive.enter(from, null, null, null), what, null);
  }

  @Test
  void aChannelIsNoClientAndNotTimed() {
    Recorded timed = Recorded.timed();
    ChannelTracker other = new ChannelTracker(timed.registry());
    new MadeHandler(other).enter(channel, new LinkedBlockingQueue<>(), null, null);
    SiteHandler handler = new ReceiveHandler(other);
    handler.exit(handler.enter(channel, null, null, null), message, null);

    assertThat(timed.mailbox().received()).isEqualTo(1);
    assertThat(timed.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    assertThat(timed.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
  }

  private void madeInMemory() {
    made.enter(channel, new LinkedBlockingQueue<>(), null, null);
  }

  private MailboxSnapshot mailbox() {
    return recorded.mailbox();
  }

  @Test
  void aMessageOfAQueueInMemoryIsReceivedAndAcknowledgedAtOnce() {
    madeInMemory();
    send(channel, message, true);
    receive(channel, message);

    assertThat(mailbox().queueName()).isEqualTo("orders");
    assertThat(mailbox().system()).isEqualTo("spring_integration");
    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().acked()).isEqualTo(1);
    assertThat(mailbox().queueLag().count()).isEqualTo(1);
    assertThat(mailbox().deliveryCounts()).containsOnly(0L);
  }

  @Test
  void aReceiverThatGetsNothingCountsNothing() {
    madeInMemory();
    receive(channel, null);
    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void aMessageThatDidNotGetInHasNoTime() {
    madeInMemory();
    send(channel, message, false);
    receive(channel, message);
    assertThat(mailbox().queueLag().count()).isZero();
    assertThat(mailbox().received()).isEqualTo(1);
  }

  @Test
  void depthAndOldestMessageAreThoseOfTheQueue() {
    madeInMemory();
    send(channel, message, true);
    channel.size = 1;
    assertThat(mailbox().depth()).isEqualTo(1);
    assertThat(mailbox().oldestAgeMillis()).isNotNull();

    receive(channel, message);
    channel.size = 0;
    assertThat(mailbox().depth()).isZero();
    assertThat(mailbox().oldestAgeMillis()).isNull();
  }

  @Test
  void removedMessagesAreNotTheOldest() {
    madeInMemory();
    send(channel, message, true);
    remove.exit(remove.enter(channel, null, null, null), List.of(message), null);
    channel.size = 1;
    assertThat(mailbox().oldestAgeMillis()).isNull();
    assertThat(mailbox().received()).isZero();
  }

  /** A message store may be a database: its size is a query, and a rollback keeps the message. */
  @Test
  void aQueueThatIsNotKnownToBeInMemoryIsLeftAlone() {
    made.enter(channel, new ConcurrentLinkedQueue<>(), null, null);
    send(channel, message, true);
    receive(channel, message);

    assertThat(mailbox().received()).isEqualTo(1);
    assertThat(mailbox().acked()).isZero();
    assertThat(mailbox().depth()).isNull();
    assertThat(mailbox().oldestAgeMillis()).isNull();
    assertThat(mailbox().queueLag().count()).isZero();
    assertThat(channel.asked).isZero();
  }

  @Test
  void aChannelThatMakesItsOwnQueueIsInMemory() {
    made.enter(channel, null, null, null);
    send(channel, message, true);
    assertThat(mailbox().depth()).isZero();
  }

  @Test
  void aChannelThatIsNoBeanHasTheNameUnknown() {
    send(new Channel(null), message, true);
    assertThat(mailbox().queueName()).isEqualTo("unknown");
  }

  @Test
  void channelsBeyondTheBoundAreNotCounted() {
    List<Channel> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      many.add(channel("many"));
    }
    Channel late = channel("late");
    receive(late, message);

    assertThat(tracker.size()).isEqualTo(4096);
    assertThat(mailbox().queueName()).isEqualTo("many");
    Reference.reachabilityFence(many);
  }

  private Channel channel(String name) {
    Channel used = new Channel(name);
    send(used, message, true);
    return used;
  }

  @Test
  void channelsAreNotKeptAlive() {
    WeakReference<Channel> dropped = drop();
    assertThat(Garbage.collectUntil(() -> dropped.refersTo(null))).isTrue();
    assertThat(tracker.size()).isZero();
  }

  private WeakReference<Channel> drop() {
    Channel own = new Channel("orders");
    made.enter(own, null, null, null);
    send(own, message, true);
    assertThat(tracker.size()).isEqualTo(1);
    Reference.reachabilityFence(own);
    return new WeakReference<>(own);
  }

  @Test
  void tenThousandChannelsLeaveNothing() {
    for (int i = 0; i < 10_000; i++) {
      use();
      if (i % 1000 == 999) {
        assertThat(Garbage.collectUntil(() -> tracker.size() == 0)).isTrue();
      }
    }
    assertThat(mailbox().received()).isEqualTo(10_000);
    assertThat(mailbox().acked()).isEqualTo(10_000);
  }

  private void use() {
    Channel own = new Channel("orders");
    made.enter(own, null, null, null);
    send(own, message, true);
    receive(own, message);
  }
}
