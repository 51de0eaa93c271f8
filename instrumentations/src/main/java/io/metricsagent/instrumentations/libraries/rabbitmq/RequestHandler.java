package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.GivenUp;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code AMQChannel.exnWrappingRpc}, which sends a method and waits for its answer: {@code
 * basic.get}, {@code basic.recover} and the methods of transactions.
 */
final class RequestHandler extends SiteHandler {
  private static final Accessor METHOD = Accessor.path("getMethod()");
  private static final Accessor PROPERTIES = Accessor.path("getContentHeader()");

  /** Has the highest tag that was handed over before the request, and when it began. */
  private record Request(Object channel, Object method, long last, long begun) {}

  private final RabbitTracker tracker;

  RequestHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ChannelMessages channel = tracker.channel(self);
    return switch (AmqpMethod.of(arg0)) {
      case GET -> JmsClient.isReceiving() ? null : new Request(self, arg0, 0, tracker.begin());
      case SELECT -> new Request(self, arg0, 0, 0);
      case RECOVER, COMMIT, ROLLBACK ->
          channel == null ? null : new Request(self, arg0, channel.last(), 0);
      default -> null;
    };
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Request request = (Request) token;
    if (thrown != null) {
      if (request.begun != 0
          && !GivenUp.is(thrown)) { // a queue that gives nothing has no series otherwise
        MailboxMetrics mailbox = tracker.mailbox(AmqpMethod.queue(request.method));
        Operation.RECEIVE.ended(request.begun, mailbox, thrown);
      }
      return result;
    }
    ChannelMessages channel = tracker.following(request.channel);
    switch (AmqpMethod.of(request.method)) {
      case GET -> got(channel, request, result);
      case SELECT -> channel.unsettled().holdUntilCommit();
      case RECOVER -> channel.recovered(request.last);
      case COMMIT -> channel.unsettled().commit();
      default -> channel.unsettled().rollback();
    }
    return result;
  }

  private void got(ChannelMessages channel, Request request, Object answer) {
    Object get = request.method;
    MailboxMetrics mailbox = tracker.mailbox(AmqpMethod.queue(get));
    Object method = METHOD.read(answer);
    switch (AmqpMethod.of(method)) {
      case GET_EMPTY -> tracker.left(mailbox, 0);
      case GET_OK -> {
        Operation.RECEIVE.ended(request.begun, mailbox);
        tracker.left(mailbox, AmqpMethod.messagesLeft(method));
        tracker.handedOver(
            new Subscription(channel, mailbox, AmqpMethod.isWithoutAck(get)),
            AmqpMethod.tag(method),
            AmqpMethod.isRedelivered(method),
            PROPERTIES.read(answer));
      }
      default -> {}
    }
  }
}
