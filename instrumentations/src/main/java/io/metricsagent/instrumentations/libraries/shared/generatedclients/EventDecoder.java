package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.llm.OpenStream;

/**
 * Reads the metadata of the pieces of a streamed answer, and whether a piece has content, but never
 * the content. Stateless.
 */
public interface EventDecoder {
  /** Reports to {@code stream} what a piece means. */
  void read(Object event, OpenStream stream);
}
