package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Handles {@code ConsumerImpl.processPossibleToDLQ}. Where consumers share a subscription, the
 * client calls it for each entry that it is about to give back: because the application did, a
 * while ago, or because it did not settle a message in time. The future says whether the entry
 * became dead letters instead.
 */
final class RedeliverHandler extends SiteHandler {
  private static final Accessor POSSIBLE =
      Accessor.path("getPossibleSendToDeadLetterTopicMessages()");
  private static final Accessor TOPIC = Accessor.path("getTopic()");

  /** Messages whose outcome is not known yet. */
  private record Entry(ConsumerState consumer, int handedOver, int deadLetters, String topic)
      implements BiConsumer<Object, Throwable> {
    @Override
    public void accept(Object deadLettered, Throwable failure) {
      if (Boolean.TRUE.equals(deadLettered)) {
        int messages = handedOver > 0 ? handedOver : deadLetters;
        consumer.record(messages, Outcome.DEAD_LETTERED, topic);
      } else {
        consumer.record(handedOver, Outcome.NACKED, topic);
      }
    }
  }

  private final PulsarTracker tracker;

  RedeliverHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  /**
   * Takes the messages out before the client acknowledges those that it has sent to the topic of
   * dead letters. What was delivered too often already, the application does not get again.
   */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.consumer(self);
    if (consumer == null) {
      return null;
    }
    int handedOver = consumer.take(MessageIds.ledger(arg0), MessageIds.entry(arg0));
    int deadLetters = 0;
    if (handedOver == 0
        && POSSIBLE.read(self) instanceof Map<?, ?> possible
        && possible.get(arg0) instanceof Collection<?> messages) {
      deadLetters = messages.size();
    }
    return handedOver == 0 && deadLetters == 0
        ? null
        : new Entry(consumer, handedOver, deadLetters, TOPIC.readString(self));
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Entry entry = (Entry) token;
    if (result instanceof CompletableFuture<?> future) {
      future.whenComplete(entry);
    } else {
      entry.accept(null, thrown);
    }
    return result;
  }
}
