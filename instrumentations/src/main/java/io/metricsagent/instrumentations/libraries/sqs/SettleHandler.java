package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.GivenUp;
import io.metricsagent.instrumentations.mailboxes.Operation;
import java.util.List;

/**
 * Handles the requests of both clients that settle messages, one or a batch of them. What the batch
 * manager gives back by itself, the application has never got, so that settles nothing.
 */
final class SettleHandler extends CallHandler {
  /** What a request does to its messages. */
  enum Change {
    /** Deletes them. */
    DELETE,
    /** Changes for how long they are invisible; a message that is visible now is given back. */
    VISIBILITY
  }

  private static final Accessor ENTRIES = Accessor.path("entries()");
  private static final Accessor SUCCESSFUL = Accessor.path("successful()");
  private static final Accessor ID = Accessor.path("id()");
  private static final Accessor VISIBILITY_SECONDS = Accessor.path("visibilityTimeout()");

  private final SqsTracker tracker;
  private final Change change;
  private final boolean batch;

  SettleHandler(SqsTracker tracker, Change change, boolean batch) {
    this.tracker = tracker;
    this.change = change;
    this.batch = batch;
  }

  @Override
  Call begin(Object client, Object request) {
    return Prefetching.isUnderWay() ? null : new Settlement(request);
  }

  private final class Settlement extends Call {
    private final Object request;
    private final long begun = tracker.begin();

    Settlement(Object request) {
      this.request = request;
    }

    @Override
    Object answered(Object response) {
      SqsQueue queue = tracker.queueOf(request);
      long now = System.currentTimeMillis();
      if (!batch) {
        settle(queue, request, now);
      } else if (ENTRIES.read(request) instanceof List<?> entries
          && SUCCESSFUL.read(response) instanceof List<?> successful
          && !successful.isEmpty()) {
        for (Object success : successful) {
          settleEntry(queue, entries, ID.readString(success), now);
        }
      } else {
        return response; // nothing was settled, so there is nothing to time
      }
      if (change == Change.DELETE) {
        Operation.SETTLE.ended(begun, queue.mailbox());
      }
      return response;
    }

    @Override
    void failed(Throwable error) {
      if (begun != 0 && change == Change.DELETE && !GivenUp.is(error)) {
        Operation.SETTLE.ended(begun, tracker.queueOf(request).mailbox(), error);
      }
    }

    private void settleEntry(SqsQueue queue, List<?> entries, String id, long now) {
      for (Object entry : entries) {
        if (id != null && id.equals(ID.readString(entry))) {
          settle(queue, entry, now);
          return;
        }
      }
    }

    private void settle(SqsQueue queue, Object message, long now) {
      switch (change) {
        case DELETE -> tracker.deleted(queue, message, now);
        case VISIBILITY ->
            tracker.visibilityChanged(queue, message, VISIBILITY_SECONDS.readLong(message), now);
      }
    }
  }
}
