/**
 * The client of Apache Pulsar, with its libraries in its jar or beside it: the names of its own
 * classes are the same.
 *
 * <p>A consumer of one topic settles its own messages. A consumer of several topics or partitions
 * has such a consumer for each, fetches what these receive, and hands it over; so deliveries are
 * counted at the outer consumer and settled at the inner ones.
 */
package io.metricsagent.instrumentations.libraries.pulsar;
