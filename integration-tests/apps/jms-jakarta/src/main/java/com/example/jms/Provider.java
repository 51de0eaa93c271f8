package com.example.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

/** A JMS provider. */
public interface Provider extends AutoCloseable {
  /**
   * Opens a session whose consumers are started.
   *
   * @param mode a constant of {@link Session}
   */
  Session session(int mode) throws JMSException;

  /** Opens and starts another connection. */
  Connection connection() throws JMSException;

  /** Returns the provider's own mode in which an acknowledgement settles one message. */
  int individualMode();

  /**
   * Puts a message into a queue.
   *
   * @param timeToLiveMillis 0 for unlimited
   */
  void send(String queue, String text, long timeToLiveMillis) throws JMSException;
}
