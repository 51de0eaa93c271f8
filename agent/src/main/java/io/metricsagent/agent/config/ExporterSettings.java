package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.computed;
import static io.metricsagent.agent.config.Setting.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of all exporters but OTLP, whose settings are in {@link OpenTelemetrySettings}. The
 * order of the constants is that of the reference table.
 */
public final class ExporterSettings {
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting SINKS_PATH =
      computed(
              "metrics.agent.sinks.path",
              SettingType.TEXT,
              "none",
              "Jars, or folders of jars, with exporters of your own, separated as in a class path."
                  + " They run besides those of `metrics.agent.exporters`.")
          .addTo(ALL);

  public static final Setting STATSD_HOST =
      constant(
              "metrics.agent.statsd.host",
              SettingType.TEXT,
              "localhost",
              "StatsD receiver. Where neither this nor the port is set, the dialect `datadog` goes"
                  + " by `DD_DOGSTATSD_URL` (`udp://` or `unixstream://`), `DD_AGENT_HOST` and"
                  + " `DD_DOGSTATSD_PORT`.")
          .addTo(ALL);

  public static final Setting STATSD_PORT =
      constant("metrics.agent.statsd.port", SettingType.PORT, "8125", "Its UDP port.").addTo(ALL);

  public static final Setting STATSD_PREFIX =
      constant(
              "metrics.agent.statsd.prefix",
              SettingType.TEXT,
              "wink",
              "What StatsD names begin with, without the dot.")
          .addTo(ALL);

  public static final Setting STATSD_SAMPLE_RATE =
      constant(
              "metrics.agent.statsd.sample.rate",
              SettingType.RATE,
              "1.0",
              "Share of counters and timings that is sent, more than 0 and at most 1.")
          .addTo(ALL);

  public static final Setting STATSD_DIALECT =
      constant(
              "metrics.agent.statsd.dialect",
              SettingType.CHOICE,
              "datadog",
              "How tags are written: `datadog`, `telegraf`, `graphite`, `librato` or `etsy`. With"
                  + " `datadog`, `DD_ENTITY_ID`, `DD_ENV`, `DD_SERVICE` and `DD_VERSION` become"
                  + " tags too.")
          .oneOf("datadog", "telegraf", "graphite", "librato", "etsy")
          .addTo(ALL);

  public static final Setting PROMETHEUS_HOST =
      constant(
              "metrics.agent.prometheus.host",
              SettingType.TEXT,
              "localhost",
              "Address that the `prometheus` exporter listens on; `0.0.0.0` lets other machines"
                  + " scrape.")
          .addTo(ALL);

  public static final Setting PROMETHEUS_PORT =
      constant("metrics.agent.prometheus.port", SettingType.PORT, "9464", "Its TCP port.")
          .addTo(ALL);

  public static final Setting PROMETHEUS_TOKEN =
      computed(
              "metrics.agent.prometheus.token",
              SettingType.SECRET,
              "none",
              "Bearer token that a scrape must present.")
          .addTo(ALL);

  public static final Setting ARCHIVE_MAX_FILES =
      constant(
              "metrics.agent.archive.max.files",
              SettingType.COUNT,
              "1000",
              "Snapshot files kept of each worker. Beyond it the newer half stays whole and older"
                  + " ones are thinned out evenly, so that they still reach back to the maximum"
                  + " age: each holds everything since its process began. Of interval logs the"
                  + " oldest go.")
          .addTo(ALL);

  public static final Setting ARCHIVE_MAX_AGE =
      constant(
              "metrics.agent.archive.max.age",
              SettingType.DURATION,
              "7d",
              "Age at which a snapshot file or interval log is deleted: `12h` or `7d`. A worker's"
                  + " last snapshot stays (those of the newest 1000 workers), and so does what is"
                  + " older than a pause of that length, until as much time is recorded after it:"
                  + " the clock may have been wrong.")
          .addTo(ALL);

  private ExporterSettings() {}

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }
}
