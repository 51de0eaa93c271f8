package io.metricsagent.agent.config;

import java.io.File;
import java.util.Map;

/**
 * Where and how StatsD lines are sent.
 *
 * @param host name or address of the receiver
 * @param port its UDP port
 * @param target where host and port, or the socket, were set; {@code default} for nowhere
 * @param socket a Unix stream socket to send to instead, or {@code null}
 * @param prefix what names begin with, without the dot
 * @param sampleRate share of counters and timings that is sent, more than 0 and at most 1
 * @param dialect {@code datadog}, {@code telegraf}, {@code graphite}, {@code librato} or {@code
 *     etsy}
 * @param tags of every line, besides its own
 * @param container whether every line tells the container of this process
 */
public record StatsdConfig(
    String host,
    int port,
    String target,
    File socket,
    String prefix,
    double sampleRate,
    String dialect,
    Map<String, String> tags,
    boolean container) {}
