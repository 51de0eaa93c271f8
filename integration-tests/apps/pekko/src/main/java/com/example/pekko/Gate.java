package com.example.pekko;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a scenario waits for: messages that actors have begun to handle, and actors that stop. */
final class Gate {
  private static final long PATIENCE_SECONDS = 90;

  private final CountDownLatch messages;
  private final CountDownLatch actors;

  Gate(int messages) {
    this(messages, 1);
  }

  Gate(int messages, int actors) {
    this.messages = new CountDownLatch(messages);
    this.actors = new CountDownLatch(actors);
  }

  void pass() {
    messages.countDown();
  }

  void await() {
    await(messages);
  }

  /** An actor has stopped, so it has done with all its messages. */
  void stopped() {
    actors.countDown();
  }

  void awaitStopped() {
    await(actors);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("still " + latch.getCount() + " to come");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
