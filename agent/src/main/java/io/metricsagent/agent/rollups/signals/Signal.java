package io.metricsagent.agent.rollups.signals;

/**
 * What one line of a file of signals says. The reader uses one object for all lines.
 *
 * <p>Each text is {@code null} where the line has none.
 */
final class Signal {
  /** What kinds of signals there are. */
  enum Kind {
    /** A step on the way of a session; {@link Signal#type} says which. */
    TRACE,
    /** Something that happened; errors count. */
    EVENT,
    /** A report of the state of a stream. */
    STATUS
  }

  /** No rate of output is known. */
  static final long NO_RATE = -1;

  /** In milliseconds since 1970. */
  long at;

  Kind kind;
  String type;
  String streamId;
  String requestId;
  String eventId;
  String provider;
  String message;
  String model;

  /** In millionths of a piece a second, or {@link #NO_RATE}. */
  long outputRate;

  void clear() {
    at = 0;
    kind = null;
    type = null;
    streamId = null;
    requestId = null;
    eventId = null;
    provider = null;
    message = null;
    model = null;
    outputRate = NO_RATE;
  }

  String sessionKey() {
    return SessionKey.of(streamId, requestId, eventId);
  }
}
