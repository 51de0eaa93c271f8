package io.metricsagent.agent.config;

import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of each exporter. Immutable.
 *
 * <p>Exporters of which the user has set something are read at once, so that what is wrong is
 * reported at the start. Nothing can be wrong with the others. They are read whenever they are
 * asked for, because the application waits for what is read at the start.
 */
final class ExporterConfig {
  private static final String ARCHIVE = SettingCatalogue.PREFIX + "archive.";
  private static final String PROMETHEUS = SettingCatalogue.PREFIX + "prometheus.";
  private static final String STATSD = SettingCatalogue.PREFIX + "statsd.";
  private static final String OTLP_NAMES = SettingCatalogue.PREFIX + "otlp.";

  private final SettingReader reader;
  private final Map<String, String> environment;
  private final boolean usesStatsd;
  private final File directory;
  private final Map<String, String> attributes;
  private final StatsdReader.Result statsd;
  private final PrometheusSettings prometheus;
  private final ArchiveSettings archive;
  private final OtlpSettings otlp;

  /**
   * Reads what the user has set.
   *
   * @param exporters the names of the exporters in use
   * @param directory the folder of the archive
   * @param attributes OpenTelemetry's resource attributes
   */
  ExporterConfig(
      SettingReader reader,
      Map<String, String> environment,
      List<String> exporters,
      File directory,
      Map<String, String> attributes) {
    this.reader = reader;
    this.environment = environment;
    this.directory = directory;
    this.attributes = attributes;
    usesStatsd = exporters.contains("statsd"); // then Datadog's variables are read too
    statsd = usesStatsd || reader.hasAny(STATSD) ? readStatsd() : null;
    prometheus = reader.hasAny(PROMETHEUS) ? readPrometheus() : null;
    archive = reader.hasAny(ARCHIVE) ? readArchive() : null;
    if (reader.hasAny(Setting.OTLP) || reader.hasAny(OTLP_NAMES)) {
      otlp = exporters.contains("otlp") ? readOtlp() : readOtlpOfOthers();
    } else {
      otlp = null;
    }
  }

  private StatsdReader.Result readStatsd() {
    return new StatsdReader(reader, environment, usesStatsd).read();
  }

  private PrometheusSettings readPrometheus() {
    return new PrometheusSettings(
        reader.text(ExporterSettings.PROMETHEUS_HOST),
        reader.port(ExporterSettings.PROMETHEUS_PORT),
        reader.textOrNull(ExporterSettings.PROMETHEUS_TOKEN));
  }

  private ArchiveSettings readArchive() {
    long second = 1_000 * Durations.NANOS_PER_MILLI;
    return new ArchiveSettings(
        directory,
        reader.count(ExporterSettings.ARCHIVE_MAX_FILES),
        Duration.ofNanos(reader.nanos(ExporterSettings.ARCHIVE_MAX_AGE, second, "1s")));
  }

  private OtlpSettings readOtlp() {
    return OtlpReader.ofMetrics(reader).read(attributes);
  }

  /**
   * Reads the settings of an exporter that is not in use. {@code OTEL_EXPORTER_…} may be meant for
   * other software in this process, so faults in these variables are not reported.
   */
  private OtlpSettings readOtlpOfOthers() {
    List<String> problems = new ArrayList<>();
    List<String> reported = reader.reportTo(problems);
    OtlpSettings settings = readOtlp();
    reader.reportTo(reported);
    for (String problem : problems) {
      if (problem.startsWith(SettingCatalogue.PREFIX)) {
        reader.problem(problem);
      }
    }
    return settings;
  }

  /** Returns the settings of StatsD, without the container's id. */
  StatsdReader.Result statsd() {
    return statsd == null ? readStatsd() : statsd;
  }

  PrometheusSettings prometheus() {
    return prometheus == null ? readPrometheus() : prometheus;
  }

  ArchiveSettings archive() {
    return archive == null ? readArchive() : archive;
  }

  /** Returns the settings of OTLP, also when it is not in use. */
  OtlpSettings otlp() {
    return otlp == null ? readOtlp() : otlp;
  }
}
