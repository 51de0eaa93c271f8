package com.example.jms.memory;

import jakarta.jms.Queue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/** A queue of messages. */
final class MemoryQueue implements Queue {
  private final String name;
  private final LinkedBlockingDeque<MemoryMessage> messages = new LinkedBlockingDeque<>();

  MemoryQueue(String name) {
    this.name = name;
  }

  void put(String text) {
    messages.add(new MemoryMessage(text, this));
  }

  void putFirst(MemoryMessage message) {
    messages.addFirst(message);
  }

  /** Returns {@code null} if none comes in time. */
  MemoryMessage take(long millis) throws InterruptedException {
    return messages.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public String getQueueName() {
    return name;
  }
}
