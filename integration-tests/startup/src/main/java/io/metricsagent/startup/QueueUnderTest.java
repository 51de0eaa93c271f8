package io.metricsagent.startup;

/**
 * What {@link Throughput} consumes from.
 *
 * @param messages how many there are
 * @param drains how often a turn consumes them all: a turn must take long enough for its CPU time,
 *     which the system counts in steps of 10 ms
 * @param filledOnce whether messages stay after they were consumed, so that the queue is filled
 *     once for all turns of all applications
 * @param launches how often each variant is started
 * @param turns how many turns of a launch count, after the warm-up
 */
record QueueUnderTest(
    String title, App app, int messages, int drains, boolean filledOnce, int launches, int turns) {}
