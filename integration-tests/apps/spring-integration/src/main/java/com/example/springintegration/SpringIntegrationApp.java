package com.example.springintegration;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

/** Sends and receives messages, and exits with 1 if a channel does not behave as it should. */
public final class SpringIntegrationApp {
  private static final int BULK = 100_000;

  private static AnnotationConfigApplicationContext context;

  private SpringIntegrationApp() {}

  public static void main(String[] args) {
    int exitCode = 1;
    try {
      context = new AnnotationConfigApplicationContext(Channels.class);
      run();
      System.out.println("done");
      exitCode = 0;
    } catch (InterruptedException | RuntimeException e) {
      e.printStackTrace();
    } finally {
      System.exit(exitCode); // the threads of the scheduler would keep the JVM alive
    }
  }

  private static void run() throws InterruptedException {
    orders();
    waiting();
    full();
    priority();
    rendezvous();
    likeOrders(channel("stored"), 2);
    likeOrders(channel("linked"), 1);
    likeOrders(new QueueChannel(), 1);
    purged();
    polled();
    bulk();
  }

  private static QueueChannel channel(String name) {
    return context.getBean(name, QueueChannel.class);
  }

  private static void expect(boolean what, String otherwise) {
    if (!what) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void likeOrders(QueueChannel channel, int messages) {
    for (int i = 0; i < messages; i++) {
      expect(channel.send(new GenericMessage<>("text")), "a message was refused");
    }
    for (int i = 0; i < messages; i++) {
      expect(channel.receive(1000) != null, "a message is missing");
    }
  }

  /** Five messages, received in three ways, and two calls that get nothing. */
  private static void orders() {
    QueueChannel orders = channel("orders");
    for (int i = 0; i < 5; i++) {
      orders.send(new GenericMessage<>("text"));
    }
    expect(orders.receive() != null, "the first message is missing");
    expect(orders.receive(0) != null, "the second message is missing");
    for (int i = 2; i < 5; i++) {
      expect(orders.receive(1000) != null, "a message is missing");
    }
    expect(orders.receive(0) == null, "there is a message too many");
    expect(orders.receive(1) == null, "there is a message too many");
  }

  /** Three messages, of which nobody receives two. */
  private static void waiting() {
    for (int i = 0; i < 3; i++) {
      channel("waiting").send(new GenericMessage<>("text"));
    }
    expect(channel("waiting").receive(0) != null, "a message is missing");
  }

  /** Two messages, and one for which there is no room. */
  private static void full() {
    QueueChannel full = channel("full");
    full.send(new GenericMessage<>("text"));
    full.send(new GenericMessage<>("text"));
    expect(!full.send(new GenericMessage<>("text"), 0), "a full channel took a message");
    expect(full.receive(0) != null && full.receive(0) != null, "a message is missing");
  }

  /** Three messages, the last of which is received first. */
  private static void priority() {
    for (int i = 1; i <= 3; i++) {
      channel("priority")
          .send(MessageBuilder.withPayload("text" + i).setHeader("priority", i).build());
    }
    for (int i = 3; i >= 1; i--) {
      Message<?> message = channel("priority").receive(0);
      expect(message != null && message.getPayload().equals("text" + i), "the order is wrong");
    }
  }

  /** A message that waits in no queue: its sender waits for the receiver. */
  private static void rendezvous() throws InterruptedException {
    QueueChannel rendezvous = channel("rendezvous");
    Thread sender = new Thread(() -> rendezvous.send(new GenericMessage<>("text")));
    sender.start();
    expect(rendezvous.receive(10_000) != null, "the message is missing");
    sender.join();
  }

  /** Three messages, of which one is removed by a selector and the others with all. */
  private static void purged() {
    QueueChannel purged = channel("purged");
    for (String text : new String[] {"keep", "drop", "keep"}) {
      purged.send(new GenericMessage<>(text));
    }
    expect(purged.purge(message -> message.getPayload().equals("keep")).size() == 1, "not one");
    expect(purged.clear().size() == 2, "not two");
  }

  private static void polled() throws InterruptedException {
    for (int i = 0; i < Channels.POLLED; i++) {
      channel("polled").send(new GenericMessage<>("text"));
    }
    Channels.HANDLED.await();
  }

  /** Many messages, with two senders and two receivers. */
  private static void bulk() throws InterruptedException {
    QueueChannel bulk = channel("bulk");
    AtomicInteger received = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < 2; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int sent = 0; sent < BULK / 2; sent++) {
                  bulk.send(new GenericMessage<>("text"));
                }
              });
      threads[2 + i] =
          new Thread(
              () -> {
                for (int got = 0; got < BULK / 2; got++) {
                  bulk.receive();
                  received.incrementAndGet();
                }
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    expect(received.get() == BULK, "messages are missing");
  }
}
