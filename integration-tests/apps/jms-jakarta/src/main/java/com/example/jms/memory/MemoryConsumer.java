package com.example.jms.memory;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;

/** Receives from one queue, for one session. */
final class MemoryConsumer implements MessageConsumer {
  private final MemorySession session;
  private final MemoryQueue queue;
  private volatile MessageListener listener;
  private volatile Thread dispatcher;

  MemoryConsumer(MemorySession session, MemoryQueue queue) {
    this.session = session;
    this.queue = queue;
  }

  @Override
  public String getMessageSelector() {
    return null;
  }

  @Override
  public MessageListener getMessageListener() {
    return listener;
  }

  @Override
  public void setMessageListener(MessageListener listener) {
    this.listener = listener;
    dispatcher = new Thread(this::dispatch, "memory-dispatcher");
    dispatcher.start();
  }

  @Override
  public Message receive() throws JMSException {
    return receive(Long.MAX_VALUE);
  }

  @Override
  public Message receive(long millis) throws JMSException {
    try {
      MemoryMessage message = queue.take(millis);
      if (message != null) {
        session.deliver(message);
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JMSException("interrupted");
    }
  }

  @Override
  public Message receiveNoWait() throws JMSException {
    return receive(0);
  }

  @Override
  public void close() {
    if (dispatcher != null) {
      dispatcher.interrupt();
    }
  }

  private void dispatch() {
    try {
      while (true) {
        MemoryMessage message = queue.take(Long.MAX_VALUE);
        session.deliver(message);
        try {
          listener.onMessage(message);
        } catch (RuntimeException refused) {
          message.giveBack();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
