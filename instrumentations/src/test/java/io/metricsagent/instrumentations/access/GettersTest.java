package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A getter that has thrown often is left alone, and is asked again later. */
class GettersTest {
  /** Is broken for a while. */
  public static final class Queue {
    private boolean broken = true;
    private int calls;

    /** Throws while the queue is broken. */
    public long depth() {
      calls++;
      if (broken) {
        throw new IllegalStateException("no connection");
      }
      return 7;
    }
  }

  private final Queue queue = new Queue();
  private long now;

  private final Getters depth =
      new Getters() {
        @Override
        protected MethodHandle find(Class<?> type) {
          return PublicMembers.method(type, "depth");
        }

        @Override
        long nanoTime() {
          return now;
        }
      };

  @Test
  void isAskedAgainAfterASecond() {
    for (int i = 0; i < 100; i++) {
      assertThat(depth.read(queue)).isEqualTo(Getters.UNKNOWN);
    }
    assertThat(queue.calls).isEqualTo(Getters.MAX_REFUSALS);
    now += TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < 100; i++) {
      assertThat(depth.readWhole(queue)).isLessThan(0);
    }
    assertThat(queue.calls).isEqualTo(Getters.MAX_REFUSALS + 1);
    queue.broken = false;
    now += TimeUnit.SECONDS.toNanos(1);

    assertThat(depth.readWhole(queue)).isEqualTo(7);
    assertThat(depth.read(queue)).isEqualTo(7L);
  }
}
