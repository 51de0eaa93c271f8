package io.metricsagent.instrumentations.llm;

/** Reads the pieces of a stream. Stateless. */
public interface StreamPieces {
  /** Tells {@code stream} what a piece means. */
  void read(Object piece, OpenStream stream);

  /** Returns whether this is the layer to measure {@code client}'s streams at. */
  default boolean measures(Object client) {
    return true;
  }
}
