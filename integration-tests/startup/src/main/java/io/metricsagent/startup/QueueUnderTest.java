package io.metricsagent.startup;

/**
 * What {@link Throughput} consumes from.
 *
 * @param messages how many there are
 * @param drains how often a turn consumes them all: a turn must take long enough for its CPU time,
 *     which the system counts in steps of 10 ms
 * @param filledOnce whether messages stay after they were consumed, so that one application fills
 *     the queue for all turns of all
 */
record QueueUnderTest(String title, App app, int messages, int drains, boolean filledOnce) {}
