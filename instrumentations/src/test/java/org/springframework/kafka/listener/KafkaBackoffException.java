package org.springframework.kafka.listener;

/** As Spring's: it is not time yet for the message. */
public final class KafkaBackoffException extends RuntimeException {
  private static final long serialVersionUID = 1;
}
