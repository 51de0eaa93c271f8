package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** An answer that is read ends its call with the last piece, or when it is closed. */
class ReadingTest {
  /** An answer with a stream in it. */
  public interface Pieces extends AutoCloseable {
    /** Returns the answer. */
    Stream<String> stream();

    @Override
    void close();
  }

  /** An answer that is one to read itself. */
  public interface Tokens extends Iterable<String>, AutoCloseable {
    @Override
    void close();
  }

  private record Read(List<String> tokens) implements Tokens {
    @Override
    public Iterator<String> iterator() {
      return tokens.iterator();
    }

    @Override
    public void close() {}
  }

  /** An object that is closed and has nothing to read. */
  public interface Connection extends AutoCloseable {
    /** Returns something. */
    String name();
  }

  private record Answer(List<String> closed) implements Pieces {
    @Override
    public Stream<String> stream() {
      return Stream.of("a", "b");
    }

    @Override
    public void close() {
      closed.add("closed");
    }
  }

  private final Followed call = new Followed();

  private static Iterator<String> source() {
    return new ArrayList<>(List.of("a", "b")).iterator();
  }

  @Test
  void ofAnIteratorEndsAfterItsLastElement() {
    Iterator<String> iterator = call.follow(source(), Iterator.class);
    while (iterator.hasNext()) {
      iterator.next();
    }

    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAnIteratorEndsWhereItHasNoMore() {
    Iterator<String> iterator = call.follow(source(), Iterator.class);
    iterator.next();
    iterator.next();

    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    assertThat(call.heard()).contains("ended b");
  }

  @Test
  void ofAnIteratorSeesElementsThatAreReadTogetherAndLeavesRemovingAlone() {
    Iterator<String> iterator = call.follow(source(), Iterator.class);
    iterator.next();
    iterator.remove();
    List<String> rest = new ArrayList<>();
    iterator.forEachRemaining(rest::add);

    assertThat(rest).containsExactly("b");
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAStreamEndsWithItsTerminalOperation() {
    Stream<String> stream = call.follow(Stream.of("a", "b"), Stream.class);

    assertThat(stream.filter(text -> true).sorted().map(text -> text + "!").toList())
        .containsExactly("a!", "b!");
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAStreamFails() {
    Stream<Object> stream =
        call.follow(
            Stream.generate(
                () -> {
                  throw new IllegalStateException();
                }),
            Stream.class);

    assertThatThrownBy(stream::findAny).isInstanceOf(IllegalStateException.class);
    assertThat(call.heard()).contains("failed IllegalStateException");
  }

  @Test
  void ofAStreamGoesOnWithItsIterator() {
    Stream<String> stream = call.follow(Stream.of("a", "b"), Stream.class);
    Iterator<String> iterator = stream.iterator();
    iterator.next();
    assertThat(call.heard()).doesNotContain("ended a");
    iterator.next();

    assertThat(iterator.hasNext()).isFalse();
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAStreamIsCancelledWhenItIsClosed() {
    List<String> closed = new ArrayList<>();
    Stream<String> source = Stream.of("a").onClose(() -> closed.add("closed"));
    Stream<String> stream = call.follow(source, Stream.class);
    stream.filter(text -> true).close();

    assertThat(closed).containsExactly("closed");
    assertThat(call.heard()).containsExactly("goes on in pieces", "cancelled");
  }

  @Test
  void ofAnInfiniteStreamStopsWhereTheReaderStops() {
    Stream<Integer> stream = call.follow(Stream.iterate(1, n -> n + 1), Stream.class);

    assertThat(stream.flatMap(n -> Stream.iterate(n, m -> m + 1)).limit(3).toList())
        .containsExactly(1, 2, 3);
    assertThat(call.heard()).contains("ended 1");
  }

  @Test
  void ofNumbersIsFollowedToo() {
    IntStream numbers = call.follow(IntStream.range(0, 3), IntStream.class);

    assertThat(numbers.boxed().mapToInt(n -> n).sum()).isEqualTo(3);
    assertThat(call.heard()).hasSize(5).contains("goes on in pieces");
  }

  @Test
  void ofAnObjectThatIsClosedEndsWithTheStreamInIt() {
    Answer answer = new Answer(new ArrayList<>());
    try (Pieces pieces = call.follow(answer, Pieces.class)) {
      assertThat(pieces.stream().toList()).containsExactly("a", "b");
    }

    assertThat(answer.closed).containsExactly("closed");
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAnObjectToReadEndsWithItsLastPieceHoweverItIsRead() {
    List<String> read = new ArrayList<>();
    try (Tokens tokens = call.follow(new Read(List.of("a", "b")), Tokens.class)) {
      tokens.forEach(read::add);
    }

    assertThat(read).containsExactly("a", "b");
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void ofAnObjectToReadHasThePiecesOfItsSpliterator() {
    Tokens tokens = call.follow(new Read(List.of("a", "b")), Tokens.class);

    assertThat(StreamSupport.stream(tokens.spliterator(), false).allMatch("ab"::contains)).isTrue();
    assertThat(call.heard()).containsExactly("goes on in pieces", "piece a", "piece b", "ended b");
  }

  @Test
  void isLeftAloneWhereTheMethodReturnsAClassOrNothingIsRead() {
    Answer answer = new Answer(List.of());
    assertThat(call.<Object>follow(answer, Answer.class)).isSameAs(answer);
    Connection connection =
        new Connection() {
          @Override
          public String name() {
            return "c";
          }

          @Override
          public void close() {}
        };
    assertThat(call.<Object>follow(connection, Connection.class)).isSameAs(connection);
    assertThat(ResultFamily.of(List.of("a"))).isNull();
    assertThat(ResultFamily.of("text")).isNull();
    assertThat(call.heard()).isEmpty();
  }
}
