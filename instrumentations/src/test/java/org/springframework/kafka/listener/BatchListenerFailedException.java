package org.springframework.kafka.listener;

/** As Spring's: names the message of a batch with which the listener failed. */
public final class BatchListenerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Object message;
  private final int index;

  /** Names a message by itself, or by its place if it is {@code null}. */
  public BatchListenerFailedException(Object message, int index) {
    this.message = message;
    this.index = index;
  }

  /** Returns the message. */
  public Object getRecord() {
    return message;
  }

  /** Returns the place of the message in the batch. */
  public int getIndex() {
    return index;
  }
}
