package io.metricsagent.instrumentations.libraries.shared.generatedclients;

import io.metricsagent.instrumentations.llm.OpenStream;

/** Reads the pieces of a streamed answer: whether there is content, never which. Stateless. */
public interface EventDecoder {
  /** Tells {@code stream} what a piece means. */
  void read(Object event, OpenStream stream);
}
