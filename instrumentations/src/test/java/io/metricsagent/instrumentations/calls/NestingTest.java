package io.metricsagent.instrumentations.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of a mailbox within each other are one. */
class NestingTest {
  /** Only who it is matters. */
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

  private final Owner owner = new Owner();
  private final Owner other = new Owner();

  @AfterEach
  void leavesNothingOnTheThread() {
    assertThat(FrameStack.current().top()).isNull();
  }

  @Test
  void theOutermostCallCounts() {
    Frame outer = Nesting.enter(owner, "self", "argument");
    assertThat(outer.self()).isEqualTo("self");
    assertThat(outer.argument()).isEqualTo("argument");
    assertThat(Nesting.enter(owner, "self", "argument")).isNull();

    assertThat(Nesting.exit(outer)).isTrue();
    assertThat(Nesting.exit(outer)).isFalse();
  }

  @Test
  void thatOfAnotherOwnerWithinIsOneOfItsOwn() {
    Frame outer = Nesting.enter(owner, null, null);
    Frame inner = Nesting.enter(other, null, null);
    assertThat(inner).isNotNull();

    assertThat(Nesting.exit(inner)).isTrue();
    assertThat(Nesting.exit(outer)).isTrue();
  }

  @Test
  void anotherThreadHasCallsOfItsOwn() {
    Frame outer = Nesting.enter(owner, null, null);
    boolean ended = CompletableFuture.supplyAsync(() -> Nesting.exit(outer)).join();

    assertThat(ended).isFalse();
    assertThat(Nesting.exit(outer)).isTrue();
  }

  @Test
  void theInnermostCallThatHasSomethingRecordsIt() {
    Frame outer = Nesting.enterInner(owner, null);
    Frame middle = Nesting.enterInner(owner, null);
    Frame inner = Nesting.enterInner(owner, null);

    assertThat(Nesting.exitInner(inner, true)).isTrue();
    assertThat(Nesting.exitInner(middle, true)).isFalse();
    assertThat(Nesting.exitInner(outer, true)).isFalse();
  }

  @Test
  void theOuterCallRecordsWhatTheInnerDidNotHave() {
    Frame outer = Nesting.enterInner(owner, null);
    Frame inner = Nesting.enterInner(owner, null);

    assertThat(Nesting.exitInner(inner, false)).isFalse();
    assertThat(Nesting.exitInner(outer, true)).isTrue();
  }

  @Test
  void theInnerCallOfAnotherOwnerLeavesTheOuterToRecord() {
    Frame outer = Nesting.enterInner(owner, null);
    Frame inner = Nesting.enterInner(other, null);

    assertThat(Nesting.exitInner(inner, true)).isTrue();
    assertThat(Nesting.exitInner(outer, true)).isTrue();
  }
}
