package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.access.Faults;
import io.metricsagent.instrumentations.llm.OpenStream;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The pieces of an answer, fetched on demand. The time that the application takes for a piece, and
 * until it asks for the next one, is not part of the request.
 */
final class WatchedPieces implements Spliterator<Object> {
  private final Stream<?> pieces;
  private final OpenStream stream;
  private final EventDecoder events;
  private Spliterator<?> source;

  WatchedPieces(Stream<?> pieces, OpenStream stream, EventDecoder events) {
    this.pieces = pieces;
    this.stream = stream;
    this.events = events;
  }

  /** Holds a piece, so that the application handles it after the fetching. */
  private static final class Fetched implements Consumer<Object> {
    private Object piece;

    @Override
    public void accept(Object fetched) {
      piece = fetched;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    Fetched fetched = new Fetched();
    long start = System.nanoTime();
    boolean more;
    try {
      if (source == null) {
        source = pieces.spliterator();
      }
      more = source.tryAdvance(fetched);
    } catch (Throwable e) {
      stream.waited(System.nanoTime() - start);
      stream.failed(e);
      throw e;
    }
    stream.waited(System.nanoTime() - start);
    if (!more) {
      stream.exhausted();
      return false;
    }
    look(fetched.piece);
    action.accept(fetched.piece);
    return true;
  }

  /** Decodes a piece; absorbs all faults. */
  private void look(Object piece) {
    try {
      events.read(piece, stream);
    } catch (Throwable fault) {
      Faults.absorbed("a piece of an answer was not read", fault);
    }
  }

  @Override
  public Spliterator<Object> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED;
  }
}
