package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Garbage;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aGetterThatThrewIsReadAsBeforeOnceItAnswers() {
    assertThat(depth.readOrNull(queue)).isNull();
    assertThat(depth.readLong(queue)).isEqualTo(-1);
    queue.broken = false;

    assertThat(depth.readLong(queue)).isEqualTo(7);
    assertThat(depth.readOrNull(queue)).isEqualTo(7L);
    assertThat(depth.readLong(queue)).isEqualTo(7);
    assertThat(queue.calls).isEqualTo(5);
  }

  @Test
  void aGetterThatThrowsIsLeftAloneHoweverItIsRead() {
    for (int i = 0; i < 100; i++) {
      assertThat(depth.readOrNull(queue)).isNull();
      assertThat(depth.readLong(queue)).isEqualTo(-1);
    }
    assertThat(queue.calls).isEqualTo(Getters.MAX_REFUSALS);
  }

  /** A value that is an {@code Optional}, which its declared type does not say. */
  public static final class Hidden {
    /** Returns a value. */
    public Object depth() {
      return Optional.of(5);
    }
  }

  @Test
  void anOptionalIsReplacedByItsContentWhateverTheGetterDeclares() {
    Hidden hidden = new Hidden();
    for (int i = 0; i < 3; i++) {
      assertThat(depth.readOrNull(hidden)).isEqualTo(5);
      assertThat(depth.readLong(hidden)).isEqualTo(5);
    }
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

  /** Has a getter of each kind, which tell who calls them. */
  public static final class Facts {
    private String caller;
    private boolean broken;

    /** A field, which is no method. */
    public final String field = "field";

    private <T> T told(T value) {
      caller = StackWalker.getInstance().walk(all -> all.skip(2).findFirst()).get().getClassName();
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return value;
    }

    /** Returns a flag. */
    public boolean flag() {
      return told(true);
    }

    /** Returns a number. */
    public byte small() {
      return told((byte) -5);
    }

    /** Returns a number. */
    public int whole() {
      return told(-6);
    }

    /** Returns a number. */
    public long large() {
      return told(1L << 40);
    }

    /** Returns a fraction. */
    public double fraction() {
      return told(2.5);
    }

    /** Returns a character. */
    public char letter() {
      return told('c');
    }

    /** Returns a text. */
    public String text() {
      return told("text");
    }

    /** Returns a text that may be absent. */
    public Optional<String> maybe() {
      return told(Optional.of("maybe"));
    }
  }

  private static Getters getters(Function<Class<?>, MethodHandle> find) {
    return new Getters() {
      @Override
      protected MethodHandle find(Class<?> type) {
        return find.apply(type);
      }
    };
  }

  private static Getters method(String name) {
    return getters(type -> PublicMembers.method(type, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flag", "small", "whole", "large", "fraction", "letter", "text", "maybe"})
  void aGetterThatIsCalledOftenIsCalledByAClassOfItsOwn(String name) {
    Facts facts = new Facts();
    Getters getters = method(name);
    Object value = getters.read(facts);
    for (int i = 0; i < Getters.MANY_CALLS; i++) {
      assertThat(getters.read(facts)).isEqualTo(value);
    }

    assertThat(facts.caller).startsWith("metricsagent.");
    assertThat(value).isIn(true, (byte) -5, -6, 1L << 40, 2.5, 'c', "text", "maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "whole", "large"})
  void aNumberThatIsReadOftenIsReadByAClassOfItsOwn(String name) {
    Facts facts = new Facts();
    Getters getters = method(name);
    long value = getters.readWhole(facts);
    for (int i = 0; i < Getters.MANY_CALLS; i++) {
      assertThat(getters.readWhole(facts)).isEqualTo(value);
    }

    assertThat(facts.caller).startsWith("metricsagent.");
    assertThat(getters.read(facts)).isEqualTo(method(name).read(facts));
  }

  @Test
  void aGetterThatIsCalledSeldomHasNoClass() {
    Facts facts = new Facts();
    Getters getters = method("text");
    for (int i = 1; i < Getters.MANY_CALLS; i++) {
      getters.read(facts);
    }

    assertThat(facts.caller).doesNotStartWith("metricsagent.");
  }

  @Test
  void aGetterWithAClassOfItsOwnIsLeftAloneWhileItThrows() {
    Facts facts = new Facts();
    Getters getters = method("whole");
    for (int i = 0; i < Getters.MANY_CALLS; i++) {
      getters.readWhole(facts);
    }
    facts.broken = true;
    for (int i = 0; i < Getters.MAX_REFUSALS; i++) {
      assertThat(getters.readWhole(facts)).isEqualTo(Getters.FAILED);
    }

    assertThat(getters.readWhole(facts)).isEqualTo(Getters.NOT_WHOLE);
    assertThat(getters.read(facts)).isEqualTo(Getters.UNKNOWN);
  }

  @Test
  void fieldsAndGettersOfSeveralStepsAreReadByHandlesHoweverOften() {
    Getters field = getters(type -> PublicMembers.ownField(type, "field"));
    Getters steps =
        getters(
            type ->
                MethodHandles.filterReturnValue(
                    PublicMembers.method(type, "text"),
                    PublicMembers.method(String.class, "length")));
    Facts facts = new Facts();
    for (int i = 0; i < 2 * Getters.MANY_CALLS; i++) {
      assertThat(field.read(facts)).isEqualTo("field");
      assertThat(steps.readWhole(facts)).isEqualTo(4);
    }

    assertThat(facts.caller).doesNotStartWith("metricsagent.");
  }
}
