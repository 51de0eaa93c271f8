package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import io.metricsagent.instrumentations.testing.Woven;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods of a mailbox of which a setting says no more than what they do. */
class MailboxHandlersTest {
  private final Recorded recorded = new Recorded();

  private final UserShared shared = new UserShared(recorded.registry());

  private Woven method(MailboxRole role) {
    return Woven.with(handler(role, false));
  }

  private Woven voidMethod(MailboxRole role) {
    return Woven.with(handler(role, true));
  }

  private SiteHandler handler(MailboxRole role, boolean isVoid) {
    List<String> problems = new ArrayList<>();
    String text = "com.acme.Orders[method=" + role + "]";
    MailboxRule rule =
        IncludeRules.of(TargetKind.MAILBOX, text, problems).mailboxes().get(0);
    assertThat(problems).isEmpty();
    RuleMailbox mailbox = shared.mailbox(rule);
    return switch (role) {
      case SEND -> new MailboxSendHandler(rule.send(), shared.sent());
      case RECEIVE -> new MailboxReceiveHandler(rule, mailbox, shared.sent(), isVoid);
      case DEPTH -> new MailboxDepthHandler(mailbox);
      case ACK -> settling(rule, Settlement.ACK, Outcome.ACKED);
      case NACK -> settling(rule, Settlement.NACK, Outcome.NACKED);
      case EXPIRED -> settling(rule, Settlement.EXPIRED, Outcome.EXPIRED);
      case DEAD_LETTER -> settling(rule, Settlement.DEAD_LETTER, Outcome.DEAD_LETTERED);
    };
  }

  private SiteHandler settling(MailboxRule rule, Settlement settlement, Outcome outcome) {
    return new MailboxSettleHandler(
        rule.settlements().get(settlement), outcome, shared.mailbox(rule));
  }

  private long receivedOf(Object result) {
    long before = recorded.mailboxes().isEmpty() ? 0 : recorded.mailbox().received();
    assertThat(method(MailboxRole.RECEIVE).call(args -> result, null)).isSameAs(result);
    return recorded.mailboxes().isEmpty() ? 0 : recorded.mailbox().received() - before;
  }

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void theResultTellsHowManyMessagesThereAre() {
    assertThat(receivedOf("message")).isEqualTo(1);
    assertThat(receivedOf(null)).isZero();
    assertThat(receivedOf(false)).isZero();
    assertThat(receivedOf(true)).isEqualTo(1);
    assertThat(receivedOf(List.of("a", "b"))).isEqualTo(2);
    assertThat(receivedOf(new Object[] {"a", "b", null})).isEqualTo(3);
    assertThat(receivedOf(Optional.of("a"))).isEqualTo(1);
    assertThat(receivedOf(Optional.empty())).isZero();
    assertThat(recorded.mailbox().queueName()).isEqualTo("Orders");
  }

  @Test
  void aVoidMethodGetsItsMessageAsAnArgument() {
    voidMethod(MailboxRole.RECEIVE).call(args -> null, null, List.of("a", "b"));

    assertThat(recorded.mailbox().received()).isEqualTo(2);
  }

  @Test
  void anArgumentIsNoMessageWhereTheMethodReturnsItsMessage() {
    Woven poll = method(MailboxRole.RECEIVE);
    poll.call(args -> null, null, Duration.ofSeconds(1));
    poll.call(args -> CompletableFuture.completedFuture(null), null, "orders");
    assertThat(recorded.registry().snapshot().mailboxes())
        .allMatch(mailbox -> mailbox.received() == 0);

    poll.call(args -> "message", null, Duration.ofSeconds(1));
    assertThat(recorded.mailbox().received()).isEqualTo(1);
  }

  @Test
  void aFutureTellsItWhenItCompletes() {
    CompletableFuture<Object> message = new CompletableFuture<>();
    method(MailboxRole.RECEIVE).call(args -> message, null);
    CompletableFuture<Object> failed = CompletableFuture.failedFuture(new IllegalStateException());
    method(MailboxRole.RECEIVE).call(args -> failed, null, "argument");
    assertThat(recorded.registry().snapshot().mailboxes())
        .allMatch(mailbox -> mailbox.received() == 0);

    message.complete("message");
    assertThat(recorded.mailbox().received()).isEqualTo(1);
  }

  @Test
  void aCallThatThrowsCountsNoMessage() {
    IllegalStateException thrown = new IllegalStateException();
    assertThatThrownBy(
            () ->
                method(MailboxRole.ACK)
                    .call(
                        args -> {
                          throw thrown;
                        },
                        null,
                        "message"))
        .isSameAs(thrown);

    assertThat(recorded.mailboxes()).isEmpty();
  }

  @Test
  void aCallWithinAnotherOfTheSameMethodCountsOnce() {
    Woven ack = method(MailboxRole.ACK);
    ack.call(args -> ack.call(inner -> null, null, "message"), null, "message");

    assertThat(recorded.mailbox().acked()).isEqualTo(1);
  }

  @Test
  void eachRoleSettlesInItsWay() {
    for (MailboxRole role :
        List.of(MailboxRole.ACK, MailboxRole.NACK, MailboxRole.EXPIRED, MailboxRole.DEAD_LETTER)) {
      method(role).call(args -> null, null, List.of("a", "b"));
      method(role).call(args -> true, null, "message");
      method(role).call(args -> false, null, "refused");
    }

    assertThat(recorded.mailbox().acked()).isEqualTo(3);
    assertThat(recorded.mailbox().nacked()).isEqualTo(3);
    assertThat(recorded.mailbox().expired()).isEqualTo(3);
    assertThat(recorded.mailbox().deadLettered()).isEqualTo(3);
    assertThat(recorded.mailbox().received()).isZero();
  }

  @Test
  void aNumberIsTheDepth() {
    method(MailboxRole.DEPTH).call(args -> 7, null);
    method(MailboxRole.DEPTH).call(args -> "many", null);

    assertThat(recorded.mailbox().depth()).isEqualTo(7);
  }

  @Test
  void theAgeIsKnownOfMessagesThatWereSentHere() {
    Object message = new Object();
    method(MailboxRole.SEND).call(args -> null, null, message);
    method(MailboxRole.RECEIVE).call(args -> message, null);
    method(MailboxRole.RECEIVE).call(args -> "from elsewhere", null);

    assertThat(recorded.mailbox().received()).isEqualTo(2);
    assertThat(recorded.mailbox().queueLag().count()).isEqualTo(1);
  }
}
