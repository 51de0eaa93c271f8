package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.results.Stages;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Messages;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.Times;
import io.metricsagent.instrumentations.user.values.Value;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A method that hands messages to the application: its result tells them, or its first argument, if
 * it has no result. A call that throws, or whose future fails, counts no message.
 *
 * <p>Calls within each other may be of one rule or of several, as for a wrapper and the mailbox
 * within, or for an interface and a class below it. All that a method calls which returns messages
 * is one with it. A method that is given a message may receive others, so only a call of the same
 * object, or one that is given the same message, is one with it. Of calls that are one, the
 * outermost counts.
 */
final class MailboxReceiveHandler extends SiteHandler
    implements Messages.Visitor<RuleMailbox.Box>, Nesting.Kind {
  private final RuleMailbox mailbox;
  private final Stages stages = new Stages();
  private final SentTimes sent;
  private final boolean isVoid;

  /** Whether the messages are an argument of the method, and not its result. */
  private final boolean areGiven;

  private final ArgumentPlaces places;
  private final Messages<RuleMailbox.Box> messages;
  private final Value id;
  private final Value enqueued;
  private final Value deliveries;
  private final String origin;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Makes a handler.
   *
   * @param sent the times of messages that were sent in this process
   * @param isVoid whether the methods have no result
   */
  MailboxReceiveHandler(MailboxRule rule, RuleMailbox mailbox, SentTimes sent, boolean isVoid) {
    this.mailbox = mailbox;
    this.sent = sent;
    this.isVoid = isVoid;
    MailboxRule.Receive receive = rule.receive();
    areGiven =
        receive.message() instanceof Expression.Path path
            ? path.root() == Expression.Root.ARGUMENT
            : isVoid;
    places = MailboxRows.places(receive);
    messages = Messages.of(receive.message(), Moment.END, places);
    id = Value.of(receive.id(), Moment.MESSAGE, places);
    enqueued = Value.of(receive.enqueued(), Moment.MESSAGE, places);
    deliveries = Value.of(receive.deliveries(), Moment.MESSAGE, places);
    origin = rule.type().origin().toString();
  }

  @Override
  public void inForce(boolean is) {
    mailbox.inForce(is);
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    Object argument =
        messages.areNamed() ? places.kept(arg0, arg1, arg2) : places.argument(0, arg0, arg1, arg2);
    return Nesting.enterKind(this, self, argument);
  }

  @Override
  public boolean isPart(MailboxFrame outer, Object self, Object argument) {
    return outer.owner() instanceof MailboxReceiveHandler receiving
        && (!receiving.areGiven
            || isSame(receiving, outer.self(), self)
            || (areGiven && argument != null && argument == outer.argument()));
  }

  /** A static method stands for the mailbox of its rule. */
  private boolean isSame(MailboxReceiveHandler receiving, Object outerSelf, Object self) {
    return outerSelf == self && (self != null || receiving.mailbox == mailbox);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame call = (MailboxFrame) token;
    Object self = call.self();
    Object argument = call.argument();
    if (!Nesting.exit(call) || thrown != null) {
      return result;
    }
    if (stages.has(result)) {
      ((CompletionStage<?>) result)
          .whenComplete((value, error) -> ended(self, argument, value, error));
    } else {
      ended(self, argument, result, null);
    }
    return result;
  }

  /** The call has ended with this value or this exception. */
  private void ended(Object self, Object argument, Object value, Throwable error) {
    if (error != null) {
      return;
    }
    FrameStack stack = FrameStack.current();
    boolean first = stack.beginReading();
    try {
      RuleMailbox.Box box = mailbox.of(self);
      Object found =
          messages.areNamed()
              ? messages.read(self, argument, value, null)
              : isVoid ? argument : value;
      messages.visit(found, this, box);
    } finally {
      if (first) {
        stack.endReading();
      }
    }
  }

  @Override
  public void message(RuleMailbox.Box box, Object message) {
    long times =
        deliveries == null ? MailboxMetrics.UNKNOWN : deliveries.number(null, null, null, message);
    long sentMillis = MailboxMetrics.UNKNOWN;
    if (enqueued == null) {
      long age = message == null ? MailboxMetrics.UNKNOWN : sent.ageNanos(message);
      box.series().recordReceived(times, age, AgeSource.LOCAL);
    } else {
      sentMillis = Times.millis(enqueued, null, null, null, message);
      if (sentMillis == Times.WITHOUT_ZONE && told.compareAndSet(false, true)) {
        warn();
      }
      long now = System.currentTimeMillis();
      box.series().recordDelivered(1, times, sentMillis, now, AgeSource.PRODUCER_CLOCK);
    }
    if (mailbox.hasIds() && message != null) {
      Object identity = id == null ? message : id.object(null, null, null, message);
      if (identity != null) {
        box.received(mailbox.hash(identity), sentMillis);
      }
    }
  }

  private void warn() {
    AgentLog.warn(
        origin
            + ": the time at which messages were enqueued has no time zone, so their ages are"
            + " unknown; name an Instant, an OffsetDateTime, a ZonedDateTime, a Date, or"
            + " milliseconds since 1970");
  }
}
