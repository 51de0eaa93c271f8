package io.metricsagent.agent.config;

/**
 * Where and how StatsD lines are sent.
 *
 * @param host name or address of the receiver
 * @param port its UDP port
 * @param prefix what names begin with, without the dot
 * @param sampleRate share of counters and timings that is sent, more than 0 and at most 1
 * @param dialect {@code datadog}, {@code telegraf}, {@code graphite}, {@code librato} or {@code
 *     etsy}
 */
public record StatsdConfig(
    String host, int port, String prefix, double sampleRate, String dialect) {}
