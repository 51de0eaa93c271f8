package io.metricsagent.instrumentations.results;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Streams of {@code java.util.stream}: the call ends with the terminal operation, or when the
 * stream is closed. Streams of other libraries have operations of their own and are left alone.
 */
final class StreamResults extends ResultFamily {
  private static final String JDK = "java.util.stream.";

  /** Sees each element where the stream begins. */
  private record Pieces(Reading.Answer answer)
      implements Consumer<Object>, IntConsumer, LongConsumer, DoubleConsumer {
    @Override
    public void accept(Object piece) {
      answer.piece(piece);
    }

    @Override
    public void accept(int piece) {
      answer.piece(null);
    }

    @Override
    public void accept(long piece) {
      answer.piece(null);
    }

    @Override
    public void accept(double piece) {
      answer.piece(null);
    }
  }

  @Override
  public Object follow(Object result, Class<?> declared, FollowedCall call) {
    if (!declared.isInterface()
        || !declared.getName().startsWith(JDK)
        || !result.getClass().getName().startsWith(JDK)) {
      return result;
    }
    Reading.Answer answer = new Reading.Answer();
    answer.goesOn(call.goesOn(true, true));
    return Reading.inFrontOf(counting((BaseStream<?, ?>) result, answer), declared, answer, false);
  }

  /** Returns the stream with an operation that sees each element. */
  static BaseStream<?, ?> counting(BaseStream<?, ?> stream, Reading.Answer answer) {
    Pieces pieces = new Pieces(answer);
    if (stream instanceof Stream<?> objects) {
      return objects.peek(pieces);
    }
    if (stream instanceof IntStream ints) {
      return ints.peek(pieces);
    }
    if (stream instanceof LongStream longs) {
      return longs.peek(pieces);
    }
    return stream instanceof DoubleStream doubles ? doubles.peek(pieces) : stream;
  }
}
