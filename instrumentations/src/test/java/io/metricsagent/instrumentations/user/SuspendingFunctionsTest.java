package io.metricsagent.instrumentations.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.instrumentations.testing.WovenApplication;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.Phase;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import org.junit.jupiter.api.Test;

/**
 * Suspending functions where a rule does not follow calls: the function returns before it has ended
 * and is called again for each part of it, so it would count several times.
 */
class SuspendingFunctionsTest {
  private static final String HERE = SuspendingFunctionsTest.class.getName() + "$";

  /** Shared with the test. */
  public interface SlowApi {
    /** Receives a message. */
    Object receive(Continuation<Object> continuation);

    /** Settles a message. */
    Object ack(String id, Continuation<Object> continuation);
  }

  static final class Slow implements SlowApi {
    @Override
    public Object receive(Continuation<Object> continuation) {
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }

    @Override
    public Object ack(String id, Continuation<Object> continuation) {
      return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }

    String ask() {
      return "answer";
    }
  }

  @Test
  void areNoMessages() throws Exception {
    WovenApplication app =
        WovenApplication.with(
            HERE,
            Rules.module(
                Rules.of(Slow.class)
                    .receive("receive", null, null, null, null)
                    .settle(Settlement.ACK, "ack", "arg[0]")
                    .mailbox()));
    SlowApi slow = app.create(Slow.class, SlowApi.class);
    slow.receive(null);
    slow.ack("1", null);

    assertThat(app.snapshot().mailboxes()).isEmpty();
    assertThat(app.snapshot().agent().instrumentations())
        .extracting(InstrumentationSnapshot::skipped)
        .containsExactly(2L);
  }

  @Test
  void areNoPhases() throws Exception {
    WovenApplication app =
        WovenApplication.with(
            HERE, Rules.module(Rules.of(Slow.class, "ask").phase(Phase.CALL, "receive").adapter()));
    app.create(Slow.class, SlowApi.class);

    assertThat(app.snapshot().agent().instrumentations())
        .extracting(InstrumentationSnapshot::skipped)
        .containsExactly(1L);
  }
}
