/**
 * Consumers of {@code kafka-clients}: classic consumers of both group protocols, transactions that
 * commit offsets, and share consumers.
 */
package io.metricsagent.instrumentations.libraries.kafka;
