package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.Map;

/**
 * Handles {@code getQueueAttributes} of both clients: what the application, or the batch manager,
 * asks for is the only source of a queue's depth.
 */
final class DescribeHandler extends CallHandler {
  private static final Accessor ATTRIBUTES = Accessor.path("attributesAsStrings()");

  private final SqsTracker tracker;

  DescribeHandler(SqsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  Call begin(Object client, Object request) {
    return new Description(tracker, request);
  }

  private static final class Description extends Call {
    private final SqsTracker tracker;
    private final Object request;

    Description(SqsTracker tracker, Object request) {
      this.tracker = tracker;
      this.request = request;
    }

    @Override
    Object answered(Object response) {
      if (ATTRIBUTES.read(response) instanceof Map<?, ?> attributes) {
        tracker.described(tracker.queueOf(request), attributes);
      }
      return response;
    }
  }
}
