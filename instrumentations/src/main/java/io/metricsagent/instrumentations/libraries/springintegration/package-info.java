/**
 * The queues of Spring Integration: {@code QueueChannel} and the channels that extend it. They are
 * in the process, so depth and age are exact where the queue is in memory.
 */
package io.metricsagent.instrumentations.libraries.springintegration;
