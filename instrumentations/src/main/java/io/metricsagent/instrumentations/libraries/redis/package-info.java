/**
 * Streams of Redis that groups of consumers read, through Jedis and Lettuce. What a command does is
 * taken from its arguments and its reply; nothing is asked of the server.
 */
package io.metricsagent.instrumentations.libraries.redis;
