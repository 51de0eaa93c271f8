package io.metricsagent.instrumentations.events;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of a streamed answer, as the library's pieces: together, their texts are the answer.
 * Made only while content is on. Written by one thread at a time, before the event that has it.
 */
public final class StreamedContent {
  /** A text of the length that consumers keep has no more pieces. */
  private static final int MAX_PIECES = 8192;

  private final List<Object> pieces = new ArrayList<>();

  /** Adds a piece; pieces beyond a limit are left out. */
  public void add(Object piece) {
    if (piece != null && pieces.size() < MAX_PIECES) {
      pieces.add(piece);
    }
  }

  /** Returns the pieces in their order. */
  public List<Object> pieces() {
    return pieces;
  }
}
