package io.metricsagent.instrumentations.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.testing.Garbage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderClassTest {
  /** Has getters of each primitive whole number, and others. */
  public static class Message {
    private final long tag;

    /** Makes a message; one with the tag 0 throws. */
    public Message(long tag) {
      this.tag = tag;
    }

    /** Returns the tag. */
    public long tag() {
      if (tag == 0) {
        throw new IllegalStateException("no tag");
      }
      return tag;
    }

    /** Returns the tag as an {@code int}. */
    public int count() {
      return (int) tag;
    }

    /** Returns the tag as a {@code byte}. */
    public byte small() {
      return (byte) tag;
    }

    /** Returns the tag as an object. */
    public Long boxed() {
      return tag;
    }

    /** Returns a fraction. */
    public double share() {
      return 2.9;
    }
  }

  /** A class that is not public; its getter is. */
  static final class Hidden extends Message {
    Hidden(long tag) {
      super(tag);
    }
  }

  private static ToLongFunction<Object> reader(String path, Class<?> type) {
    return Accessor.path(path).inLoopsOver(type);
  }

  @Test
  void wholeNumbersAreReadByAClassOfTheirOwn() {
    ToLongFunction<Object> tags = reader("tag()", Message.class);

    assertThat(tags.getClass().getClassLoader().getParent())
        .isSameAs(Message.class.getClassLoader());
    assertThat(tags.applyAsLong(new Message(1L << 40))).isEqualTo(1L << 40);
    assertThat(tags.applyAsLong(new Message(-7))).isEqualTo(-7);
    assertThat(reader("count()", Message.class).applyAsLong(new Message(-7))).isEqualTo(-7);
    assertThat(reader("small()", Message.class).applyAsLong(new Message(5))).isEqualTo(5);
    assertThat(reader("tag()", Hidden.class).applyAsLong(new Hidden(9))).isEqualTo(9);
  }

  @Test
  void oneReaderServesAllObjectsOfAClass() {
    Accessor tags = Accessor.path("tag()");

    assertThat(tags.inLoopsOver(Message.class)).isSameAs(tags.inLoopsOver(Message.class));
  }

  @Test
  void methodsOfInterfacesAndOfTheJdkAreRead() {
    assertThat(reader("size()", Map.of().getClass()).applyAsLong(Map.of("a", 1))).isEqualTo(1);
    assertThat(reader("size()", List.of().getClass()).applyAsLong(List.of(1, 2))).isEqualTo(2);
  }

  @Test
  void aGetterThatThrowsSaysNothingOfTheNextObject() {
    ToLongFunction<Object> tags = reader("tag()", Message.class);

    for (int i = 0; i < 100; i++) {
      assertThat(tags.applyAsLong(new Message(0))).isEqualTo(-1);
    }
    assertThat(tags.applyAsLong(new Message(3))).isEqualTo(3);
  }

  @Test
  void anObjectOfAnotherClassHasNoNumber() {
    assertThat(reader("tag()", Message.class).applyAsLong("a text")).isEqualTo(-1);
  }

  @Test
  void whatIsNoGetterOfAWholeNumberIsReadAsAnywhereElse() {
    Message message = new Message(4);

    assertThat(reader("boxed()", Message.class).applyAsLong(message)).isEqualTo(4);
    assertThat(reader("share()", Message.class).applyAsLong(message)).isEqualTo(2);
    assertThat(reader("boxed().longValue()", Message.class).applyAsLong(message)).isEqualTo(4);
    assertThat(reader("missing()", Message.class).applyAsLong(message)).isEqualTo(-1);
    assertThat(reader("concat(b)", String.class).applyAsLong("a")).isEqualTo(-1);
  }

  /** Loads its own copy of {@link Message}. */
  private static final class Library extends ClassLoader {
    Class<?> message() throws IOException {
      try (InputStream in = Message.class.getResourceAsStream("ReaderClassTest$Message.class")) {
        byte[] file = in.readAllBytes();
        return defineClass(Message.class.getName(), file, 0, file.length);
      }
    }
  }

  @Test
  void aReaderIsUnloadedWithItsLibrary() throws Exception {
    Accessor tags = Accessor.path("tag()");
    WeakReference<ClassLoader> library = readOnce(tags);

    assertThat(Garbage.collectUntil(() -> library.get() == null)).isTrue();
    assertThat(tags.inLoopsOver(Message.class).applyAsLong(new Message(1))).isEqualTo(1);
  }

  private static WeakReference<ClassLoader> readOnce(Accessor tags) throws Exception {
    Class<?> type = new Library().message();
    Object message = type.getConstructor(long.class).newInstance(8);
    assertThat(tags.inLoopsOver(type).applyAsLong(message)).isEqualTo(8);
    return new WeakReference<>(type.getClassLoader());
  }

  /** Loads nothing but the one class that it is given, as a loader of a broken container might. */
  private static final class Broken extends ClassLoader {
    private final byte[] file;

    Broken(byte[] file) {
      super(null);
      this.file = file;
    }

    Class<?> message() {
      return defineClass(Message.class.getName(), file, 0, file.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.lang.")) {
        return super.loadClass(name, resolve);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /** Finds classes of the JDK, and another class of the name, as a loader of plug-ins might. */
  private static final class Elsewhere extends ClassLoader {
    private final byte[] file;
    private final boolean findsAnother;

    Elsewhere(byte[] file, boolean findsAnother) {
      super(null);
      this.file = file;
      this.findsAnother = findsAnother;
    }

    Class<?> message() {
      return defineClass(Message.class.getName(), file, 0, file.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Message.class.getName())) {
        if (findsAnother) {
          return Message.class;
        }
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noClassIsMadeWhereTheLoaderDoesNotFindTheGettersClassByItsName(boolean findsAnother)
      throws Exception {
    byte[] file;
    try (InputStream in = Message.class.getResourceAsStream("ReaderClassTest$Message.class")) {
      file = in.readAllBytes();
    }
    Class<?> type = new Elsewhere(file, findsAnother).message();
    ToLongFunction<Object> tags = Accessor.path("tag()").inLoopsOver(type);

    assertThat(tags.applyAsLong(type.getConstructor(long.class).newInstance(8))).isEqualTo(8);
    assertThat(tags.getClass().getName()).doesNotStartWith("metricsagent.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGetterIsCalledByItsHandleWhereTheLoaderDoesNotFindItsClass(boolean findsAnother)
      throws Exception {
    byte[] file;
    try (InputStream in = Message.class.getResourceAsStream("ReaderClassTest$Message.class")) {
      file = in.readAllBytes();
    }
    Class<?> type = new Elsewhere(file, findsAnother).message();
    Object message = type.getConstructor(long.class).newInstance(8);
    Accessor tags = Accessor.path("tag()");

    for (int i = 0; i < 2 * Getters.MANY_CALLS; i++) {
      assertThat(tags.readLong(message)).isEqualTo(8);
    }
  }

  @Test
  void noClassIsMadeForAGetterThatDoesNotExist() {
    assertThat(reader("missing()", Message.class).getClass().getName())
        .doesNotStartWith("metricsagent.");
    assertThat(reader("tag()", Message.class).getClass().getName()).startsWith("metricsagent.");
  }

  @Test
  void aLibraryWhoseLoaderFindsNothingIsReadAsAnywhereElse() throws Exception {
    byte[] file;
    try (InputStream in = Message.class.getResourceAsStream("ReaderClassTest$Message.class")) {
      file = in.readAllBytes();
    }
    Class<?> type = new Broken(file).message();
    Object message = type.getConstructor(long.class).newInstance(8);

    assertThat(Accessor.path("tag()").inLoopsOver(type).applyAsLong(message)).isEqualTo(8);
  }
}
