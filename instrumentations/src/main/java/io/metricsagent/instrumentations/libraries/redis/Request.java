package io.metricsagent.instrumentations.libraries.redis;

/**
 * What is known of a command before its reply.
 *
 * @param stream the key of the stream; {@code null} for {@link StreamCommand#XREADGROUP}, whose
 *     reply names the streams, and if it cannot be known
 * @param onlyNew whether all messages are delivered for the first time
 * @param withoutAck whether messages count as acknowledged when they are delivered
 */
record Request(StreamCommand command, String stream, boolean onlyNew, boolean withoutAck) {
  /** Returns a command for one stream. */
  static Request of(StreamCommand command, String stream) {
    return new Request(command, stream, false, false);
  }
}
