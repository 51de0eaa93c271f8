package io.metricsagent.bootstrap.measures;

/**
 * A column of {@code inspect}.
 *
 * @param place columns are sorted by it
 * @param header as printed
 * @param statistic which statistic of a histogram it shows, such as {@code p50}; {@code null} for
 *     the whole value
 * @param optional whether the column is left out when no series has a value above 0
 */
public record Column(int place, String header, String statistic, boolean optional) {}
