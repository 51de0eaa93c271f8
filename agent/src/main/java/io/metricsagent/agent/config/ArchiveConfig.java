package io.metricsagent.agent.config;

import java.time.Duration;

/**
 * How long snapshot files are kept.
 *
 * @param maxFiles at least 1
 * @param maxAge at least a second
 */
public record ArchiveConfig(int maxFiles, Duration maxAge) {}
