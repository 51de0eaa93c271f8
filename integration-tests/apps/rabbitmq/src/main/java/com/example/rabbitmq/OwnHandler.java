package com.example.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the consumer that failed last. */
final class OwnHandler extends DefaultExceptionHandler {
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile Consumer failed;

  @Override
  public void handleConsumerException(
      Channel channel, Throwable exception, Consumer consumer, String consumerTag, String method) {
    failed = consumer;
    told.countDown();
  }

  Consumer awaitFailed() throws InterruptedException {
    if (!told.await(Mailbox.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no consumer failed");
    }
    return failed;
  }
}
