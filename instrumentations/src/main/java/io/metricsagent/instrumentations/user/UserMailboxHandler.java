package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A method of a mailbox that the settings name.
 *
 * <p>The result of a receiving method tells the number of messages: null, false and an empty
 * collection are no message, a collection is as many messages as its elements. A receiving method
 * that is void gets its message as an argument. The age is known for messages that were sent by a
 * method with the role {@code send} in the same JVM. A call that throws counts no message.
 */
final class UserMailboxHandler extends SiteHandler {
  private static final SentTimes SENT = new SentTimes();

  private final String type;
  private final MailboxRole role;
  private final boolean isVoid;
  private final Object owner;
  private final Registry registry;

  /**
   * Makes a handler.
   *
   * @param type the full name of the type that the settings name
   * @param isVoid whether the methods have no result
   * @param owner the object whose nested calls count as one
   */
  UserMailboxHandler(
      String type, MailboxRole role, boolean isVoid, Object owner, Registry registry) {
    this.isVoid = isVoid;
    this.owner = owner;
    this.type = ClassNames.simple(type);
    this.role = role;
    this.registry = registry;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (role == MailboxRole.SEND && arg0 != null) {
      // Before the message is in the queue, where another thread may take it at once.
      SENT.sent(arg0);
    }
    return Nesting.enter(owner, self, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame call = (MailboxFrame) token;
    Object self = call.self();
    Object argument = call.argument();
    if (!Nesting.exit(call) || thrown != null) {
      return result;
    }
    MailboxMetrics mailbox = registry.mailbox(ClassNames.of(self, type), null);
    if (result instanceof CompletionStage<?> stage) {
      stage.whenComplete(
          (value, error) -> {
            if (error == null) {
              record(mailbox, argument, value);
            }
          });
    } else {
      record(mailbox, argument, result);
    }
    return result;
  }

  private void record(MailboxMetrics mailbox, Object argument, Object result) {
    switch (role) {
      case SEND -> {}
      case RECEIVE -> received(mailbox, isVoid ? argument : result);
      case ACK -> Outcome.ACKED.record(mailbox, messages(argument, result));
      case NACK -> Outcome.NACKED.record(mailbox, messages(argument, result));
      case EXPIRED -> Outcome.EXPIRED.record(mailbox, messages(argument, result));
      case DEAD_LETTER -> Outcome.DEAD_LETTERED.record(mailbox, messages(argument, result));
      case DEPTH -> {
        if (result instanceof Number depth) {
          mailbox.recordDepth(depth.longValue());
        }
      }
    }
  }

  private static void received(MailboxMetrics mailbox, Object messages) {
    if (messages instanceof Collection<?> many) {
      many.forEach(message -> receivedOne(mailbox, message));
    } else if (messages instanceof Object[] many) {
      for (Object message : many) {
        receivedOne(mailbox, message);
      }
    } else if (messages instanceof Optional<?> maybe) {
      maybe.ifPresent(message -> receivedOne(mailbox, message));
    } else if (messages != null && !Boolean.FALSE.equals(messages)) {
      receivedOne(mailbox, messages);
    }
  }

  private static void receivedOne(MailboxMetrics mailbox, Object message) {
    mailbox.recordReceived(
        MailboxMetrics.UNKNOWN,
        message == null ? MailboxMetrics.UNKNOWN : SENT.ageNanos(message),
        AgeSource.LOCAL);
  }

  /**
   * Returns the number of messages that a call settles: the size of a collection that it gets, 0 if
   * it returns false, else 1.
   */
  private static long messages(Object argument, Object result) {
    if (Boolean.FALSE.equals(result)) {
      return 0;
    }
    return argument instanceof Collection<?> many ? many.size() : 1;
  }
}
