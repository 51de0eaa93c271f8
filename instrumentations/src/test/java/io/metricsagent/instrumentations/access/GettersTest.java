package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Garbage;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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

  /** Another class with such a getter. */
  public static final class Stack {
    /** Returns a number. */
    public int depth() {
      return 3;
    }
  }

  @Test
  void objectsOfSeveralClassesAreReadByTheirOwnGetters() {
    queue.broken = false;
    for (int i = 0; i < 3; i++) {
      assertThat(depth.read(queue)).isEqualTo(7L);
      assertThat(depth.readWhole(new Stack())).isEqualTo(3);
      assertThat(depth.read("text")).isEqualTo(Getters.UNKNOWN);
      assertThat(depth.readWhole(queue)).isEqualTo(7);
      assertThat(depth.read(new Stack())).isEqualTo(3);
    }
  }

  /** Loads a class of the same name and content once more. */
  private static final class Again extends ClassLoader {
    Again() {
      super(GettersTest.class.getClassLoader());
    }

    Object stack() throws Exception {
      String file = Stack.class.getName().replace('.', '/') + ".class";
      try (InputStream in = getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(Stack.class.getName(), bytes, 0, bytes.length)
            .getConstructor()
            .newInstance();
      }
    }
  }

  @Test
  void theFirstClassIsNotKeptAlive() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(readFirst());

    assertThat(Garbage.collectUntil(() -> loader.refersTo(null))).isTrue();
    assertThat(depth.read(new Stack())).isEqualTo(3);
  }

  private ClassLoader readFirst() throws Exception {
    Again loader = new Again();
    assertThat(depth.read(loader.stack())).isEqualTo(3);
    return loader;
  }
}
