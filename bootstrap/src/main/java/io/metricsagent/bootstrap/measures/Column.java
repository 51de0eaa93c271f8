package io.metricsagent.bootstrap.measures;

/**
 * A column of {@code inspect}.
 *
 * @param place columns stand in the order of their places
 * @param header as printed
 * @param statistic which part of a histogram it shows, such as {@code p50}; {@code null} for all of
 *     the value
 * @param optional whether it is left out when no series has a value above 0
 */
public record Column(int place, String header, String statistic, boolean optional) {}
