package com.example.jms.memory;

import jakarta.jms.Destination;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** A session that stores the delivered messages until they are settled. */
final class MemorySession extends PartialSession {
  /** The mode of Artemis and Qpid. */
  static final int INDIVIDUAL_ACKNOWLEDGE = 101;

  private final Function<String, MemoryQueue> queues;
  private final int mode;
  private final Deque<MemoryMessage> unsettled = new ArrayDeque<>();

  MemorySession(Function<String, MemoryQueue> queues, int mode) {
    this.queues = queues;
    this.mode = mode;
  }

  void deliver(MemoryMessage message) {
    message.deliverTo(this);
    if (mode != Session.AUTO_ACKNOWLEDGE) {
      unsettled.push(message);
    }
  }

  void acknowledge(MemoryMessage message) {
    if (mode == Session.CLIENT_ACKNOWLEDGE) {
      unsettled.clear();
    } else if (mode == INDIVIDUAL_ACKNOWLEDGE) {
      unsettled.remove(message);
    }
  }

  @Override
  public Queue createQueue(String name) {
    return queues.apply(name);
  }

  @Override
  public MessageConsumer createConsumer(Destination queue) {
    return new MemoryConsumer(this, (MemoryQueue) queue);
  }

  @Override
  public boolean getTransacted() {
    return mode == Session.SESSION_TRANSACTED;
  }

  @Override
  public int getAcknowledgeMode() {
    return mode;
  }

  @Override
  public void commit() {
    unsettled.clear();
  }

  @Override
  public void rollback() {
    giveBack();
  }

  @Override
  public void recover() {
    giveBack();
  }

  @Override
  public void close() {
    giveBack();
  }

  private void giveBack() {
    while (!unsettled.isEmpty()) {
      unsettled.pop().giveBack();
    }
  }
}
