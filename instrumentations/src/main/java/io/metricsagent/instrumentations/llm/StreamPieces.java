package io.metricsagent.instrumentations.llm;

/** Reads the pieces of a stream. Stateless. */
public interface StreamPieces {
  /** Reports to {@code stream} what a piece means. */
  void read(Object piece, OpenStream stream);

  /** Returns whether a piece has again what the pieces before it have had. */
  default boolean repeats(Object piece, OpenStream stream) {
    return false;
  }

  /** Returns whether the streams of {@code client} are measured at this layer. */
  default boolean measures(Object client) {
    return true;
  }
}
