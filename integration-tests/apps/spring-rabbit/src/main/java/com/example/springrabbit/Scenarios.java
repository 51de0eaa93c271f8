package com.example.springrabbit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecoverer;

/** Each method is a scenario and leaves its queue empty, unless its comment says otherwise. */
final class Scenarios {
  private static final int PATIENCE_SECONDS = 80;

  private final ConnectionFactory connections;
  private final RabbitTemplate template;
  private final RabbitAdmin admin;
  private final String queue;

  Scenarios(ConnectionFactory connections, String queue) {
    this.connections = connections;
    this.queue = queue;
    template = new RabbitTemplate(connections);
    admin = new RabbitAdmin(template);
    declare(queue);
  }

  private void declare(String name) {
    admin.deleteQueue(name);
    admin.declareQueue(new Queue(name, true));
  }

  SimpleMessageListenerContainer simple() {
    SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
    container.setReceiveTimeout(100);
    return container;
  }

  DirectMessageListenerContainer direct() {
    return new DirectMessageListenerContainer(connections);
  }

  private void send(int messages) {
    for (int i = 0; i < messages; i++) {
      template.convertAndSend(queue, "m" + i);
    }
  }

  /** Runs a container until a number of calls of the listener have been made. */
  private void run(
      AbstractMessageListenerContainer container, String from, int calls, MessageListener listener)
      throws InterruptedException {
    CountDownLatch called = new CountDownLatch(calls);
    container.setQueueNames(from);
    container.setMessageListener(
        message -> {
          try {
            listener.onMessage(message);
          } finally {
            called.countDown();
          }
        });
    container.afterPropertiesSet();
    container.start();
    if (!called.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + called.getCount() + " calls to come");
    }
    container.stop();
    container.destroy();
  }

  /** Five messages. */
  void succeeds(AbstractMessageListenerContainer container) throws InterruptedException {
    send(5);
    run(container, queue, 5, message -> {});
  }

  /** Eight messages, of which the container acknowledges four at a time. */
  void batchAcks() throws InterruptedException {
    SimpleMessageListenerContainer container = simple();
    container.setBatchSize(4);
    send(8);
    run(container, queue, 8, message -> {});
  }

  /** Eight messages, of which the container acknowledges four at a time. */
  void directBatchAcks() throws InterruptedException {
    DirectMessageListenerContainer container = direct();
    container.setMessagesPerAck(4);
    send(8);
    run(container, queue, 8, message -> {});
  }

  /** A message that the listener takes at the third attempt within the process. */
  void retried() throws InterruptedException {
    SimpleMessageListenerContainer container = simple();
    container.setAdviceChain(
        Retries.thrice(
            (message, cause) -> {
              throw new IllegalStateException("not recovered", cause);
            }));
    AtomicInteger attempts = new AtomicInteger();
    send(1);
    run(
        container,
        queue,
        3,
        message -> {
          if (attempts.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
          }
        });
  }

  /**
   * Two messages: the listener takes one, and never the other one, which Spring publishes to a
   * queue of failed messages; that queue is emptied, too.
   */
  void republished(AbstractMessageListenerContainer container) throws InterruptedException {
    String failed = queue + ".failed";
    declare(failed);
    container.setAdviceChain(Retries.thrice(new RepublishMessageRecoverer(template, "", failed)));
    send(2);
    run(
        container,
        queue,
        4,
        message -> {
          if (new String(message.getBody()).equals("m0")) {
            throw new IllegalStateException("never");
          }
        });
    run(simple(), failed, 1, message -> {});
  }

  /** A message that the listener refuses for good. */
  void refused() throws InterruptedException {
    send(1);
    run(
        simple(),
        queue,
        1,
        message -> {
          throw new AmqpRejectAndDontRequeueException("no");
        });
  }

  /** A message at which the listener fails once, so that the broker delivers it again. */
  void requeued(AbstractMessageListenerContainer container) throws InterruptedException {
    AtomicInteger attempts = new AtomicInteger();
    send(1);
    run(
        container,
        queue,
        2,
        message -> {
          if (attempts.incrementAndGet() < 2) {
            throw new IllegalStateException("not yet");
          }
        });
  }

  /** The same in transactions of the container. */
  void transacted() throws InterruptedException {
    SimpleMessageListenerContainer container = simple();
    container.setChannelTransacted(true);
    requeued(container);
  }

  /**
   * Ten messages, all of which the container has fetched when its listener gets the first one; then
   * the container is stopped at once, and gives nine back, which stay in the queue.
   */
  void forcedStop() throws InterruptedException {
    SimpleMessageListenerContainer container = simple();
    container.setPrefetchCount(20);
    container.setForceStop(true);
    container.setQueueNames(queue);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    container.setMessageListener(
        message -> {
          first.countDown();
          await(go);
        });
    send(10);
    container.afterPropertiesSet();
    container.start();
    await(first);
    awaitReady(0);
    Thread stopping = new Thread(container::stop);
    stopping.start();
    while (container.isActive()) {
      Thread.onSpinWait();
    }
    go.countDown();
    stopping.join();
    container.destroy();
    awaitReady(9);
  }

  private void awaitReady(int messages) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (admin.getQueueInfo(queue).getMessageCount() != messages) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "not " + messages + " messages: " + admin.getQueueInfo(queue));
      }
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing happened");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the only message, and then finds none. */
  void template() {
    send(1);
    awaitReady(1);
    if (template.receive(queue) == null || template.receive(queue) != null) {
      throw new IllegalStateException("not one message");
    }
  }
}
