/**
 * The NATS client: JetStream, where a consumer of a stream is a queue, and the subscriptions of
 * NATS itself, whose messages are delivered once at most.
 *
 * <p>Each message of JetStream has a subject for its acknowledgement, which names stream and
 * consumer and tells sequence, delivery count, time and what is left. The tables here have the
 * sequence numbers of the stream.
 */
package io.metricsagent.instrumentations.libraries.nats;
