package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.GivenUp;
import io.metricsagent.instrumentations.mailboxes.Operation;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Handles {@code receiveMessage} of both clients: adds the names of attributes to the request that
 * SQS gets, and takes these attributes out of the messages that the application gets.
 *
 * <p>An interceptor of the application sees the request and the response as they are on the wire.
 * The batch manager above the client does not: it would not batch a request with attributes.
 */
final class ReceiveHandler extends CallHandler {
  private static final Accessor VISIBILITY_SECONDS = Accessor.path("visibilityTimeout()");
  private static final Accessor ERROR_CODE = Accessor.path("awsErrorDetails().errorCode()");

  private final SqsTracker tracker;

  ReceiveHandler(SqsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  Call begin(Object client, Object request) {
    return new Receive(tracker, tracker.client(client), request);
  }

  @Override
  public Object replaceArgument(Object token, Object argument) {
    return ((Receive) token).asking(argument);
  }

  private static final class Receive extends Call {
    private final SqsTracker tracker;
    private final SqsClient client;
    private final SqsQueue queue;
    private final boolean fetches;
    private final long visibilitySeconds;
    private final long begun;
    private List<String> added = List.of();

    Receive(SqsTracker tracker, SqsClient client, Object request) {
      this.tracker = tracker;
      this.client = client;
      queue = tracker.queueOf(request);
      fetches = Prefetching.isUnderWay();
      visibilitySeconds = VISIBILITY_SECONDS.readLong(request);
      begun = tracker.begin();
    }

    Object asking(Object request) {
      if (!client.mayBeAskedForMore()) {
        return request;
      }
      List<String> missing = SystemAttributes.missingIn(request);
      Object more = missing.isEmpty() ? null : SystemAttributes.asking(request, missing);
      if (more == null) {
        return request;
      }
      added = missing;
      return more;
    }

    @Override
    Object answered(Object response) {
      List<?> messages = SystemAttributes.messages(response);
      if (messages.isEmpty()) {
        return response;
      }
      if (!fetches) {
        Operation.RECEIVE.ended(begun, queue.mailbox());
      }
      long now = System.currentTimeMillis();
      long invisibleMillis =
          visibilitySeconds < 0
              ? queue.visibilityMillis()
              : TimeUnit.SECONDS.toMillis(visibilitySeconds);
      for (Object message : messages) {
        tracker.delivered(queue, client, message, fetches, now, now + invisibleMillis);
      }
      return added.isEmpty() ? response : SystemAttributes.without(response, messages, added);
    }

    /** A server that refuses the names would refuse each request with them. */
    @Override
    void failed(Throwable error) {
      if (begun != 0
          && !fetches
          && !GivenUp.is(error)) { // a queue that gives nothing has no series otherwise
        Operation.RECEIVE.ended(begun, queue.mailbox(), error);
      }
      if (added.isEmpty()) {
        return;
      }
      String code = ERROR_CODE.readString(error.getCause() == null ? error : error.getCause());
      if (code == null) {
        code = ERROR_CODE.readString(error);
      }
      if (code != null
          && (code.contains("InvalidAttribute") || code.contains("InvalidParameter"))
          && client.mayBeAskedForMore()) {
        client.refused();
        AgentLog.warn(
            "a server of SQS refused a request for more attributes ("
                + code
                + "); this client is not asked for them again, so ages and delivery counts of its"
                + " messages may be unknown");
      }
    }
  }
}
