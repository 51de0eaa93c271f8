package io.metricsagent.instrumentations.libraries.sqs;

/**
 * Handles {@code receiveMessage} of the SDK's batch manager: the application gets messages that
 * were fetched before. A request that the manager only passes on is recorded by its client.
 */
final class HandOverHandler extends CallHandler {
  private final SqsTracker tracker;

  HandOverHandler(SqsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  Call begin(Object manager, Object request) {
    return new HandOver(tracker, tracker.queueOf(request));
  }

  private static final class HandOver extends Call {
    private final SqsTracker tracker;
    private final SqsQueue queue;

    HandOver(SqsTracker tracker, SqsQueue queue) {
      this.tracker = tracker;
      this.queue = queue;
    }

    @Override
    Object answered(Object response) {
      long now = System.currentTimeMillis();
      for (Object message : SystemAttributes.messages(response)) {
        tracker.handedOver(queue, message, now);
      }
      return response;
    }
  }
}
