package com.example.nats;

import static com.example.nats.Mailbox.explicit;
import static com.example.nats.Mailbox.fetch;

import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.time.Duration;
import java.util.List;

/** Scenarios of settling. Each leaves its queue empty, unless its comment says otherwise. */
final class Settling {
  private final Mailbox mailbox;

  Settling(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** A message is acknowledged, and afterwards twice more, which the client ignores. */
  void twice() throws Exception {
    mailbox.declare(explicit(), 1);
    JetStreamSubscription subscription = mailbox.pulling();
    Message message = fetch(subscription, 1).get(0);
    message.inProgress();
    message.ack();
    message.nak();
    message.ackSync(Mailbox.PATIENCE);
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }

  /**
   * Five messages with an acknowledgement of the third, which settles those before it, and a
   * termination of the fifth, which settles the fourth, too.
   */
  void all() throws Exception {
    mailbox.declare(ConsumerConfiguration.builder().ackPolicy(AckPolicy.All), 5);
    JetStreamSubscription subscription = mailbox.pulling();
    List<Message> messages = fetch(subscription, 5);
    messages.get(2).ack();
    messages.get(4).term();
    mailbox.awaitSettled();
    messages.get(0).ack();
    subscription.unsubscribe();
  }

  /** A message is given back three times; then the server delivers it no more. */
  void redelivered() throws Exception {
    mailbox.declare(explicit().maxDeliver(3), 1);
    JetStreamSubscription subscription = mailbox.pulling();
    for (int delivery = 1; delivery <= 3; delivery++) {
      Message message = fetch(subscription, 1).get(0);
      if (message.metaData().deliveredCount() != delivery) {
        throw new IllegalStateException("not delivery " + delivery + ": " + message.metaData());
      }
      message.nak();
    }
    if (!subscription.fetch(1, Duration.ofSeconds(1)).isEmpty()) {
      throw new IllegalStateException("a fourth delivery");
    }
    subscription.unsubscribe();
  }

  /** Two of three messages are terminated. */
  void terminated() throws Exception {
    mailbox.declare(explicit(), 3);
    JetStreamSubscription subscription = mailbox.pulling();
    List<Message> messages = fetch(subscription, 3);
    messages.get(0).term();
    messages.get(1).ack();
    messages.get(2).term();
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }

  /**
   * Another server has a queue of the same name. Here two messages are settled by being delivered;
   * there, one acknowledgement settles three.
   */
  void twins(Connection other) throws Exception {
    Mailbox twin = new Mailbox(other, mailbox.stream());
    mailbox.declare(ConsumerConfiguration.builder().ackPolicy(AckPolicy.None), 2);
    twin.declare(ConsumerConfiguration.builder().ackPolicy(AckPolicy.All), 3);
    JetStreamSubscription here = mailbox.pulling();
    JetStreamSubscription there = twin.pulling();
    fetch(here, 2);
    fetch(there, 3).get(2).ack();
    twin.awaitSettled();
    here.unsubscribe();
    there.unsubscribe();
  }

  /** A subscription ends with two unsettled messages, which another one gets later. */
  void abandoned() throws Exception {
    mailbox.declare(explicit().ackWait(Duration.ofSeconds(1)), 2);
    JetStreamSubscription first = mailbox.pulling();
    fetch(first, 2);
    first.unsubscribe();
    JetStreamSubscription second = mailbox.pulling();
    for (Message message : fetch(second, 2)) {
      message.ack();
    }
    mailbox.awaitSettled();
    second.unsubscribe();
  }

  /** The server restarts while two of three messages are not settled. */
  void restart() throws Exception {
    mailbox.declare(explicit().ackWait(Duration.ofMinutes(5)), 3);
    JetStreamSubscription subscription = mailbox.pulling();
    List<Message> messages = fetch(subscription, 2);
    System.out.println("restart the server");
    System.in.read();
    messages.get(0).ack();
    messages.get(1).nak();
    for (Message message : fetch(subscription, 2)) { // the third and the second
      message.ack();
    }
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }
}
