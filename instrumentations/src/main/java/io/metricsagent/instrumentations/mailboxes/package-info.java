/**
 * What all mailboxes have in common, whatever the library: the outcome of a delivery, tables of
 * messages that are delivered and not settled, and levels that are sampled before each snapshot.
 *
 * <p>A library's folder has the rules and reads the library's objects. It chooses a table by how
 * the library settles messages: {@link io.metricsagent.instrumentations.mailboxes.TagTable} where
 * each message has a number of its own, {@link
 * io.metricsagent.instrumentations.mailboxes.UnsettledCounts} where a session settles everything
 * that it has delivered. A table belongs to one channel, session or consumer. The library's folder
 * keeps it in a {@link io.metricsagent.bootstrap.WeakMap} under that object, so the table is gone
 * when the object is; a table refers to no object of the application.
 */
package io.metricsagent.instrumentations.mailboxes;
