package io.metricsagent.exporters.otlp;

import java.io.IOException;
import java.time.Duration;

/** Carries one request to the receiver and the answer back; knows nothing of retries. */
interface Wire extends AutoCloseable {
  /**
   * Sends a request and waits for the answer.
   *
   * @param message the serialised message, compressed where that is asked for
   * @param limit when to give up
   * @throws IOException if there was no answer
   */
  Answer send(byte[] message, Duration limit) throws IOException, InterruptedException;

  /** Frees connections and threads. */
  @Override
  void close();
}
