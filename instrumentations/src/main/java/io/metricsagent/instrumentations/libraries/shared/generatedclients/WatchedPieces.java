package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.instrumentations.llm.OpenStream;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The pieces of an answer, which are fetched on demand. The time from the arrival of a piece until
 * the application asks for the next one is not part of the request.
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

  /**
   * Holds a fetched piece until the application handles it, so that the two times can be told
   * apart.
   */
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

  /** Reads the metadata of a piece; absorbs all faults of the agent. */
  private void look(Object piece) {
    try {
      stream.keep(piece);
      events.read(piece, stream);
    } catch (Throwable fault) {
      Faults.absorbed("the metadata of a piece of an answer could not be read", fault);
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
