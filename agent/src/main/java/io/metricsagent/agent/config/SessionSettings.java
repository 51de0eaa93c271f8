package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.computed;
import static io.metricsagent.agent.config.Setting.constant;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of sessions: their declarations, in the order of the reference table, and their
 * values. Immutable.
 *
 * @param enabled whether sessions are recorded
 * @param exporters where sessions go: {@code files}, {@code otlp} or both; empty for nowhere, where
 *     none are recorded
 * @param sampleRate the part of the sessions that is recorded, more than 0 and at most 1
 * @param content whether prompts, answers and arguments are recorded
 * @param redactPattern the user's own pattern of secrets, or {@code null}
 * @param idle after what time without a run a conversation ends
 * @param directory the folder of everything that the agent writes
 * @param maxFiles how many files a worker may have, at least 1
 * @param maxAge at what age a file is deleted
 */
public record SessionSettings(
    boolean enabled,
    List<String> exporters,
    double sampleRate,
    boolean content,
    String redactPattern,
    Duration idle,
    File directory,
    int maxFiles,
    Duration maxAge) {
  private static final String FILES = "files";
  private static final String OTLP = "otlp";
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting ENABLED =
      constant(
              "metrics.agent.sessions.enabled",
              SettingType.BOOLEAN,
              "false",
              "`true` records sessions: what happened in each run or conversation, in files of its"
                  + " folder `debug/sessions`.")
          .addTo(ALL);

  public static final Setting EXPORTER =
      constant(
              "metrics.agent.sessions.exporter",
              SettingType.LIST,
              "files",
              "Where sessions go: `files`, `otlp` (as log records to the OTLP receiver), or both:"
                  + " `files,otlp`.")
          .oneOf(FILES, OTLP)
          .addTo(ALL);

  public static final Setting SAMPLE_RATE =
      constant(
              "metrics.agent.sessions.sample.rate",
              SettingType.RATE,
              "0.1",
              "Share of the sessions that is recorded, more than 0 and at most 1.")
          .addTo(ALL);

  public static final Setting CONTENT =
      constant(
              "metrics.agent.sessions.content",
              SettingType.BOOLEAN,
              "false",
              "`true` also records prompts, answers and tool arguments, without secrets and cut at"
                  + " 8 KB.")
          .addTo(ALL);

  public static final Setting REDACT =
      computed(
              "metrics.agent.sessions.redact",
              SettingType.TEXT,
              "none",
              "A regular expression (syntax of RE2) for secrets of your own, which are replaced"
                  + " besides e-mail addresses, API keys, bearer tokens, card and phone numbers.")
          .addTo(ALL);

  public static final Setting IDLE =
      constant(
              "metrics.agent.sessions.idle",
              SettingType.DURATION,
              "10m",
              "A session that is a conversation ends after this time without a run.")
          .addTo(ALL);

  public static final Setting MAX_FILES =
      constant(
              "metrics.agent.sessions.max.files",
              SettingType.COUNT,
              "10000",
              "Files of sessions that are kept; beyond it the oldest are deleted.")
          .addTo(ALL);

  public static final Setting MAX_AGE =
      constant(
              "metrics.agent.sessions.max.age",
              SettingType.DURATION,
              "7d",
              "Age at which a file of a session is deleted: `12h` or `7d`.")
          .addTo(ALL);

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** Returns whether sessions are written to files. */
  public boolean toFiles() {
    return exporters.contains(FILES);
  }

  /** Returns whether sessions are recorded and sent over OTLP. */
  public boolean toOtlp() {
    return enabled && exporters.contains(OTLP);
  }

  static SessionSettings read(SettingReader reader, File directory) {
    boolean on = reader.bool(ENABLED);
    List<String> exporters = Exporters.ofSessions(reader, EXPORTER);
    return new SessionSettings(
        on && !exporters.isEmpty(),
        exporters,
        reader.rate(SAMPLE_RATE),
        reader.bool(CONTENT),
        reader.textOrNull(REDACT),
        Duration.ofNanos(reader.nanos(IDLE, 1_000 * Durations.NANOS_PER_MILLI, "1s")),
        directory,
        reader.count(MAX_FILES),
        Duration.ofNanos(reader.nanos(MAX_AGE, 1_000 * Durations.NANOS_PER_MILLI, "1s")));
  }
}
