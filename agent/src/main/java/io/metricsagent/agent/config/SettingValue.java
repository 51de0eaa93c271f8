package io.metricsagent.agent.config;

/**
 * The value of one setting.
 *
 * @param key the system property, such as {@code metrics.agent.interval}
 * @param text the value as the user wrote it, without surrounding blanks
 * @param origin the source of the value, as a text for the user: {@code agent argument}, {@code
 *     system property}, {@code environment METRICS_AGENT_INTERVAL}, {@code file /path:12} or {@code
 *     default}
 */
public record SettingValue(String key, String text, String origin) {}
