package com.example.nats;

import static com.example.nats.Mailbox.PATIENCE;
import static com.example.nats.Mailbox.WORKER;
import static com.example.nats.Mailbox.explicit;
import static com.example.nats.Mailbox.fetch;

import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamSubscription;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.KeyValueConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;

/** Scenarios of receiving. Each leaves its queue empty, unless its comment says otherwise. */
final class Receiving {
  private static final int MANY = 100_000;

  private final Mailbox mailbox;

  Receiving(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Three messages, fetched together and acknowledged one by one. */
  void fetched() throws Exception {
    mailbox.declare(explicit(), 3);
    JetStreamSubscription subscription = mailbox.pulling();
    for (Message message : fetch(subscription, 3)) {
      message.ack();
    }
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }

  /** Three messages that the server pushes, each acknowledged with an answer. */
  void pushed() throws Exception {
    mailbox.declare(explicit().deliverSubject("to." + mailbox.subject()), 0);
    JetStreamSubscription subscription =
        mailbox
            .jetStream()
            .subscribe(mailbox.subject(), PushSubscribeOptions.bind(mailbox.stream(), WORKER));
    mailbox.send(3);
    for (int i = 0; i < 3; i++) {
      subscription.nextMessage(PATIENCE).ackSync(PATIENCE);
    }
    subscription.unsubscribe();
  }

  /** Three messages of an iterator. */
  void iterated() throws Exception {
    mailbox.declare(explicit(), 3);
    JetStreamSubscription subscription = mailbox.pulling();
    Iterator<Message> messages = subscription.iterate(3, Duration.ofSeconds(2));
    while (messages.hasNext()) {
      messages.next().ack();
    }
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }

  private ConsumerContext context() throws Exception {
    return mailbox.connection().getStreamContext(mailbox.stream()).getConsumerContext(WORKER);
  }

  /** Three messages, each asked for. */
  void next() throws Exception {
    mailbox.declare(explicit(), 3);
    ConsumerContext context = context();
    for (int i = 0; i < 3; i++) {
      context.next(PATIENCE).ack();
    }
    mailbox.awaitSettled();
  }

  /** Three messages for a lambda. */
  void consumed() throws Exception {
    mailbox.declare(explicit(), 3);
    consume(3);
  }

  /** A hundred thousand messages for a lambda. */
  void many() throws Exception {
    mailbox.declare(explicit(), 0);
    for (int i = 0; i < MANY; i++) {
      mailbox.connection().publish(mailbox.subject(), new byte[0]);
    }
    mailbox.connection().flush(PATIENCE);
    consume(MANY);
  }

  private void consume(int number) throws Exception {
    CountDownLatch done = new CountDownLatch(number);
    MessageConsumer consumer =
        context()
            .consume(
                message -> {
                  message.ack();
                  done.countDown();
                });
    Mailbox.await(done);
    consumer.stop();
    mailbox.awaitSettled();
  }

  /** Three messages for a lambda, which the client acknowledges itself. */
  void dispatched() throws Exception {
    mailbox.declare(explicit().deliverSubject("to." + mailbox.subject()), 0);
    CountDownLatch done = new CountDownLatch(3);
    Dispatcher dispatcher = mailbox.connection().createDispatcher();
    mailbox
        .jetStream()
        .subscribe(
            mailbox.subject(),
            dispatcher,
            message -> done.countDown(),
            true,
            PushSubscribeOptions.bind(mailbox.stream(), WORKER));
    mailbox.send(3);
    Mailbox.await(done);
    mailbox.awaitSettled();
    mailbox.connection().closeDispatcher(dispatcher);
  }

  /** Three messages of a consumer without acknowledgements; the application sends one anyway. */
  void unacknowledged() throws Exception {
    mailbox.declare(ConsumerConfiguration.builder().ackPolicy(AckPolicy.None), 3);
    JetStreamSubscription subscription = mailbox.pulling();
    fetch(subscription, 3).get(0).ack();
    subscription.unsubscribe();
  }

  /** Three messages in order, of a consumer that the client makes for itself. */
  void ordered() throws Exception {
    mailbox.declare();
    mailbox.send(3);
    JetStreamSubscription subscription =
        mailbox
            .jetStream()
            .subscribe(mailbox.subject(), PushSubscribeOptions.builder().ordered(true).build());
    for (int i = 0; i < 3; i++) {
      if (subscription.nextMessage(PATIENCE) == null) {
        throw new IllegalStateException("nothing came");
      }
    }
    subscription.unsubscribe();
  }

  /** Ten messages for two subscriptions to one consumer. */
  void shared() throws Exception {
    mailbox.declare(explicit(), 10);
    JetStreamSubscription first = mailbox.pulling();
    JetStreamSubscription second = mailbox.pulling();
    for (JetStreamSubscription subscription : new JetStreamSubscription[] {first, second}) {
      for (Message message : fetch(subscription, 5)) {
        message.ack();
      }
    }
    mailbox.awaitSettled();
    first.unsubscribe();
    second.unsubscribe();
  }

  /** One of five messages is fetched; four stay. */
  void some() throws Exception {
    mailbox.declare(explicit(), 5);
    JetStreamSubscription subscription = mailbox.pulling();
    fetch(subscription, 1).get(0).ack();
    mailbox.awaitSettled();
    subscription.unsubscribe();
  }

  /** Values of a store, which the client keeps in a stream. */
  void store() throws Exception {
    String bucket = mailbox.subject();
    mailbox
        .connection()
        .keyValueManagement()
        .create(KeyValueConfiguration.builder().name(bucket).build());
    KeyValue values = mailbox.connection().keyValue(bucket);
    values.put("a", "1");
    values.put("b", "2");
    if (values.keys().size() != 2) {
      throw new IllegalStateException("not two keys");
    }
  }

  /** Four messages without JetStream: two that are asked for, and two for a lambda. */
  void once() throws Exception {
    String subject = mailbox.subject();
    Subscription subscription = mailbox.connection().subscribe(subject);
    CountDownLatch done = new CountDownLatch(2);
    Dispatcher dispatcher = mailbox.connection().createDispatcher(message -> done.countDown());
    dispatcher.subscribe(subject);
    mailbox.connection().flush(PATIENCE);
    for (int i = 0; i < 2; i++) {
      mailbox.connection().publish(subject, new byte[0]);
      subscription.nextMessage(PATIENCE);
    }
    Mailbox.await(done);
    subscription.unsubscribe();
    mailbox.connection().closeDispatcher(dispatcher);
  }

  /** Three requests and their answers. */
  void requests() throws Exception {
    Dispatcher dispatcher =
        mailbox
            .connection()
            .createDispatcher(
                message ->
                    mailbox
                        .connection()
                        .publish(message.getReplyTo(), "!".getBytes(StandardCharsets.UTF_8)));
    dispatcher.subscribe(mailbox.subject());
    mailbox.connection().flush(PATIENCE);
    for (int i = 0; i < 3; i++) {
      if (mailbox.connection().request(mailbox.subject(), new byte[0], Duration.ofSeconds(30))
          == null) {
        throw new IllegalStateException("no answer");
      }
    }
    mailbox.connection().closeDispatcher(dispatcher);
  }
}
