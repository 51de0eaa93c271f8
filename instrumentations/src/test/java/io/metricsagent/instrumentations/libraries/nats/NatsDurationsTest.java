package io.metricsagent.instrumentations.libraries.nats;

import static io.metricsagent.instrumentations.testing.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckPolicy;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.AckType;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.Message;
import io.metricsagent.instrumentations.libraries.nats.FakeNats.NatsSubscription;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long receiving, settling and handling a message takes, where the user asks for it. */
class NatsDurationsTest {
  private static final Map<String, Long> FAILED_ONCE =
      Map.of("java.lang.IllegalStateException", 1L);

  private final NatsClient client = new NatsClient(Recorded.timed());
  private final Recorded recorded = client.recorded;
  private final Woven next = Woven.with(new CallHandler(client.tracker, Operation.RECEIVE));
  private final Woven outerNext = Woven.with(new CallHandler(client.tracker, Operation.RECEIVE));
  private final Woven handle = Woven.with(new CallHandler(client.tracker, Operation.PROCESS));

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aCallThatGotAMessageIsTimedOnceThoughItCallsAnother() {
    client.lookUp("worker", AckPolicy.Explicit);
    next.call(args -> null, "a subscription");
    assertThat(recorded.mailboxes()).isEmpty();

    outerNext.call(
        args -> next.call(inner -> client.deliver("worker", 1), "a subscription"), "a consumer");
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
    assertThat(recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();

    outerNext.call(
        args -> {
          next.call(inner -> client.deliver("worker", 2), "a subscription");
          return next.call(inner -> client.deliver("worker", 3), "a subscription");
        },
        "a fetch");
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(2);
  }

  @Test
  void aWaitThatIsInterruptedIsNoFailure() throws Exception {
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    SettleHandler settle = new SettleHandler(client.tracker);
    settle.exit(settle.enter(message, null, null, null), null, new InterruptedException());
    CallHandler wait = new CallHandler(client.tracker, Operation.RECEIVE);
    Object token = wait.enter("a subscription", null, null, null);
    client.deliver("worker", 2);
    wait.exit(token, null, new InterruptedException());

    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    settle.exit(settle.enter(message, null, null, null), null, new TimeoutException());
    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION))
        .isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
  }

  @Test
  void aMessageOfNatsItselfIsTimedToo() {
    next.call(
        args -> {
          client.count(new NatsSubscription("orders"));
          return "a message";
        },
        "a subscription");

    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isEqualTo(1);
  }

  @Test
  void aHandlerIsTimedAlsoIfItFails() {
    client.lookUp("worker", AckPolicy.Explicit);
    handle.call(args -> client.deliver("worker", 1), "a handler");
    assertThatThrownBy(
            () ->
                handle.call(
                    args -> {
                      client.deliver("worker", 2);
                      throw new IllegalStateException("bad");
                    },
                    "a handler"))
        .isInstanceOf(IllegalStateException.class);

    assertThat(recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isEqualTo(2);
    assertThat(recorded.failures(MailboxMeasures.PROCESS_DURATION)).isEqualTo(FAILED_ONCE);
    assertThat(recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
  }

  @Test
  void anAcknowledgementIsTimedOnceAlsoIfItFails() {
    client.lookUp("worker", AckPolicy.Explicit);
    Message message = client.deliver("worker", 1);
    client.tellInVain(message);
    assertThat(recorded.failures(MailboxMeasures.SETTLE_DURATION)).isEqualTo(FAILED_ONCE);

    client.tell(message, AckType.AckProgress);
    client.tell(message, AckType.AckAck);
    client.tell(message, AckType.AckAck);
    assertThat(recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isEqualTo(2);
    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  @Test
  void nothingIsTimedUnlessTheUserAsksForIt() {
    NatsClient untimed = new NatsClient();
    untimed.lookUp("worker", AckPolicy.Explicit);
    Woven.with(new CallHandler(untimed.tracker, Operation.RECEIVE))
        .call(args -> untimed.deliver("worker", 1), "a subscription");
    untimed.tellInVain(untimed.deliver("worker", 2));

    assertThat(untimed.recorded.recordings(MailboxMeasures.RECEIVE_DURATION)).isZero();
    assertThat(untimed.recorded.recordings(MailboxMeasures.SETTLE_DURATION)).isZero();
    assertThat(untimed.recorded.recordings(MailboxMeasures.PROCESS_DURATION)).isZero();
    Message message = NatsClient.message("worker", 1, 3, 0);
    SettleHandler settle = new SettleHandler(untimed.tracker);
    CallHandler wait = new CallHandler(untimed.tracker, Operation.RECEIVE);
    assertThat(wait.enter("a subscription", null, null, null)).isNull();
    assertThat(settle.enter(message, null, null, null)).isSameAs(message);
    assertAllocatesNothing(
        () -> {
          wait.enter("a subscription", null, null, null);
          settle.enter(message, null, null, null);
        });
  }
}
