package io.metricsagent.exporters.otlp;

import java.io.IOException;
import java.time.Duration;

/** Sends one request to the receiver and returns the answer, without retries. */
interface Wire extends AutoCloseable {
  /**
   * Sends a request and waits for the answer.
   *
   * @param message the serialised message, compressed if the settings say so
   * @param limit how long to wait for the answer
   * @throws IOException if there was no answer
   */
  Answer send(byte[] message, Duration limit) throws IOException, InterruptedException;

  /** Closes connections and ends threads. */
  @Override
  void close();
}
