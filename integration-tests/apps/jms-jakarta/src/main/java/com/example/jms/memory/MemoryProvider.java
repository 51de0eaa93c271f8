package com.example.jms.memory;

import com.example.jms.Provider;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.util.concurrent.ConcurrentHashMap;

/** Queues in memory. */
public final class MemoryProvider implements Provider {
  private final ConcurrentHashMap<String, MemoryQueue> queues = new ConcurrentHashMap<>();

  @Override
  public Connection connection() {
    throw new UnsupportedOperationException("sessions have no connection");
  }

  @Override
  public Session session(int mode) {
    return new MemorySession(this::queue, mode);
  }

  @Override
  public int individualMode() {
    return MemorySession.INDIVIDUAL_ACKNOWLEDGE;
  }

  @Override
  public void send(String queue, String text, long timeToLiveMillis) {
    queue(queue).put(text);
  }

  @Override
  public void close() {}

  private MemoryQueue queue(String name) {
    return queues.computeIfAbsent(name, MemoryQueue::new);
  }
}
