package org.springframework.amqp.rabbit.listener;

import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit.Consumer;

/** As Spring's. */
public final class BlockingQueueConsumer {
  private BlockingQueueConsumer() {}

  /** As Spring's: puts the messages that it gets into a queue. */
  public static final class InternalConsumer implements Consumer {
    private final Object channel;

    /** Makes a consumer of a channel. */
    public InternalConsumer(Object channel) {
      this.channel = channel;
    }

    /** Returns the channel. */
    public Object getChannel() {
      return channel;
    }

    @Override
    public void handleDelivery(
        String consumerTag, Object envelope, Object properties, byte[] body) {}

    @Override
    public void handleCancel(String consumerTag) {}
  }
}
