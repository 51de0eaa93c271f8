package io.metricsagent.startup;

/**
 * What {@link Throughput} consumes from.
 *
 * @param messages how many in a turn
 * @param filledOnce whether messages stay after they were consumed, so that one application fills
 *     the queue for all turns of all
 */
record QueueUnderTest(String title, App app, int messages, boolean filledOnce) {}
