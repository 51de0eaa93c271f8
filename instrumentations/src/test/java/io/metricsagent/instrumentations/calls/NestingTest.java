package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of the nested calls of a mailbox is counted. */
class NestingTest {
  /** A handler that does nothing; the test only needs its identity. */
  private static final class Owner extends SiteHandler {
    @Override
    public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
      return null;
    }

    @Override
    public Object exit(Object token, Object result, Throwable thrown) {
      return result;
    }
  }

  private final Owner receive = new Owner();
  private final Owner settle = new Owner();

  @AfterEach
  void nothingIsLeft() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void aCallDirectlyWithinOneOfTheSameHandlerIsNotCounted() {
    MailboxFrame outer = Nesting.enter(receive, this, "argument");

    assertThat(outer.argument()).isEqualTo("argument");
    assertThat(Nesting.enter(receive, this, null)).isNull();
    assertThat(Nesting.exit(outer)).isTrue();
    assertThat(outer.argument()).isNull();
  }

  @Test
  void aCallWithinOneOfAnotherHandlerIsCounted() {
    MailboxFrame outer = Nesting.enter(receive, this, null);
    MailboxFrame inner = Nesting.enter(settle, this, null);

    assertThat(inner).isNotNull();
    assertThat(Nesting.exit(inner)).isTrue();
    assertThat(Nesting.exit(outer)).isTrue();
  }

  @Test
  void aRunBetweenTwoCallsDoesNotSeparateThem() {
    Nesting.Kind within = (outer, self, argument) -> outer.owner() == receive;
    MailboxFrame outer = Nesting.enter(receive, this, null);
    RunFrame run = FrameStack.current().pushRun(null);
    assertThat(Nesting.enterKind(within, this, null)).isNull();

    MailboxFrame inner = Nesting.enter(settle, this, null);
    assertThat(inner).isNotNull();
    MailboxFrame innermost = Nesting.enterKind(within, this, "argument");
    assertThat(innermost.argument()).isEqualTo("argument");
    Nesting.exit(innermost);
    Nesting.exit(inner);
    FrameStack.current().end(run);
    Nesting.exit(outer);
  }

  @Test
  void aRunAroundACallIsNoCallOfAMailbox() {
    RunFrame run = FrameStack.current().pushRun(null);
    MailboxFrame call = Nesting.enterKind((outer, self, argument) -> true, this, null);

    assertThat(call).isNotNull();
    Nesting.exit(call);
    FrameStack.current().end(run);
  }

  @Test
  void theAgentsOwnCallsAreNotCounted() {
    FrameStack.current().beginReading();
    try {
      assertThat(Nesting.enterKind((outer, self, argument) -> false, this, null)).isNull();
    } finally {
      FrameStack.current().endReading();
    }
  }

  @Test
  void anotherThreadCannotEndACall() {
    MailboxFrame outer = Nesting.enter(receive, this, null);

    assertThat(CompletableFuture.supplyAsync(() -> Nesting.exit(outer)).join()).isFalse();
    assertThat(Nesting.exit(outer)).isTrue();
  }

  @Test
  void aCallThatEndedWithTheCallAroundItIsNotEndedAgain() {
    MailboxFrame outer = Nesting.enter(receive, this, null);
    MailboxFrame inner = Nesting.enter(settle, this, null);

    assertThat(Nesting.exit(outer)).isTrue();
    assertThat(Nesting.exit(inner)).isFalse();
  }

  @Test
  void theInnermostCallWithSomethingToRecordIsRecorded() {
    MailboxFrame outer = Nesting.enterInner(receive, this);
    MailboxFrame middle = Nesting.enterInner(receive, this);
    MailboxFrame inner = Nesting.enterInner(receive, this);

    assertThat(Nesting.exitInner(inner, false)).isFalse();
    assertThat(Nesting.exitInner(middle, true)).isTrue();
    assertThat(Nesting.exitInner(outer, true)).isFalse();
  }

  @Test
  void aCallDoesNotRecordForACallOfAnotherHandler() {
    MailboxFrame outer = Nesting.enterInner(receive, this);
    MailboxFrame inner = Nesting.enterInner(settle, this);

    assertThat(Nesting.exitInner(inner, true)).isTrue();
    assertThat(Nesting.exitInner(outer, true)).isTrue();
  }
}
