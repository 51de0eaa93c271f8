package com.example.jms.memory;

import jakarta.jms.Destination;
import java.time.Clock;

/** A text message in a {@link MemoryQueue}. */
final class MemoryMessage extends PartialMessage {
  private static final String DELIVERY_COUNT = "JMSXDeliveryCount";

  private final String text;
  private final MemoryQueue queue;
  private final long timestamp = Clock.systemUTC().millis();
  private volatile int deliveries;
  private volatile MemorySession session;

  MemoryMessage(String text, MemoryQueue queue) {
    this.text = text;
    this.queue = queue;
  }

  void deliverTo(MemorySession receiver) {
    deliveries++;
    session = receiver;
  }

  void giveBack() {
    queue.putFirst(this);
  }

  @Override
  public void acknowledge() {
    session.acknowledge(this);
  }

  @Override
  public String getText() {
    return text;
  }

  @Override
  public String getJMSMessageID() {
    return "ID:" + text;
  }

  @Override
  public long getJMSTimestamp() {
    return timestamp;
  }

  @Override
  public long getJMSDeliveryTime() {
    return timestamp;
  }

  @Override
  public long getJMSExpiration() {
    return 0;
  }

  @Override
  public Destination getJMSDestination() {
    return queue;
  }

  @Override
  public boolean getJMSRedelivered() {
    return deliveries > 1;
  }

  @Override
  public boolean propertyExists(String name) {
    return name.equals(DELIVERY_COUNT);
  }

  @Override
  public int getIntProperty(String name) {
    if (!propertyExists(name)) {
      throw new NumberFormatException(name);
    }
    return deliveries;
  }
}
