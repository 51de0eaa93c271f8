package io.metricsagent.instrumentations.libraries.sqs;

import java.lang.ref.WeakReference;

/**
 * What is known of one client of the application, which it does not keep alive. Thread-safe.
 *
 * <p>A server may refuse names of attributes that it does not know; then nothing more is asked for
 * in this client's requests.
 */
final class SqsClient {
  private final WeakReference<Object> client;
  private volatile boolean refused;

  SqsClient(Object client) {
    this.client = new WeakReference<>(client);
  }

  boolean isAlive() {
    return !client.refersTo(null);
  }

  boolean mayBeAskedForMore() {
    return !refused;
  }

  void refused() {
    refused = true;
  }
}
