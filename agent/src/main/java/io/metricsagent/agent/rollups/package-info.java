/**
 * Session metrics by the hour: additive figures that are kept on disk, one JSON object a line, and
 * the ratios and percentiles that are computed when the lines are read. Lines of many workers,
 * hours and flushes add up to the same figures in whatever order and grouping they are added.
 */
package io.metricsagent.agent.rollups;
