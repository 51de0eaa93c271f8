package io.metricsagent.agent.config;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.otlp.OtlpSettings;
import io.metricsagent.exporters.prometheus.PrometheusSettings;
import io.metricsagent.exporters.statsd.StatsdSettings;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The effective settings of the agent. Immutable.
 *
 * <p>Agent arguments win over system properties, system properties over environment variables, and
 * environment variables over the file that {@code metrics.agent.config.file} names. No input makes
 * {@link #load} throw: {@link #problems} describes each value that cannot be used, and the default
 * takes its place.
 *
 * <p>{@link #load} may run before the application's {@code main}, on the main thread. So it does
 * not touch {@code java.nio.file}, {@code java.util.logging} or JMX, which the application may
 * still want to configure. Where no value is wrong, it uses no lambdas, regular expressions or
 * {@code +} on strings, whose first use is slow.
 *
 * <p>The class has many fields because each setting that is read at the start is one, and is long
 * because each has a getter.
 */
public final class AgentConfig {
  private static final long MIN_INTERVAL_NANOS = 100 * Durations.NANOS_PER_MILLI;
  private static final long DEFAULT_INTERVAL_NANOS = 60_000 * Durations.NANOS_PER_MILLI;

  /** What the keys of a feature begin with. Only where one of them is set is the feature read. */
  private static final String RUNS = SettingCatalogue.PREFIX + "run";

  private static final String ROLLUPS = SettingCatalogue.PREFIX + "rollups.";
  private static final String SESSIONS = SettingCatalogue.PREFIX + "sessions.";

  private final SettingReader reader;
  private final List<String> problems;
  private final boolean enabled;
  private final boolean executors;
  private final boolean actors;
  private final RollupConfig rollups;
  private final List<String> exporters;
  private final long intervalNanos;
  private final File directory;
  private final String workerId;
  private final String workerOrigin;
  private final String serviceName;
  private final int cardinalityLimit;
  private final boolean timesMailboxes;
  private final Map<String, Boolean> instrumentations;
  private final AgentLog.Level logLevel;
  private final String exemplarFilter;
  private final SessionSettings sessions;
  private final ExporterConfig exporterConfig;
  private final OtlpSettings sessionLogs;
  private final RunSettings runs;

  private AgentConfig(
      SettingReader reader,
      List<String> problems,
      Properties systemProperties,
      Map<String, String> environment) {
    this.reader = reader;
    enabled = reader.bool(AgentSettings.ENABLED);
    executors = reader.bool(AgentSettings.EXECUTORS_ENABLED);
    actors = reader.bool(AgentSettings.ACTORS_ENABLED);
    rollups = reader.hasAny(ROLLUPS) ? new RollupConfig(reader) : null;
    exporters = Exporters.read(reader);
    intervalNanos = interval(reader);
    directory = reader.file(AgentSettings.DIRECTORY);
    runs = reader.hasAny(RUNS) ? new RunSettings(reader) : null;
    String worker = reader.textOrNull(AgentSettings.WORKER_ID);
    String workerVariable = environment.get("WORKER_ID");
    boolean fromVariable = worker == null && workerVariable != null && !workerVariable.isBlank();
    workerOrigin = fromVariable ? "environment WORKER_ID" : EffectiveSettings.DEFAULT_OF_PROCESS;
    if (fromVariable) {
      worker = workerVariable.trim();
    }
    workerId = worker == null ? ProcessIdentity.workerId(environment) : worker;
    timesMailboxes = reader.bool(AgentSettings.MESSAGING);
    cardinalityLimit = reader.count(AgentSettings.CARDINALITY_LIMIT);
    instrumentations = instrumentations(reader);
    logLevel =
        AgentLog.Level.valueOf(reader.choice(AgentSettings.LOG_LEVEL).toUpperCase(Locale.ROOT));
    exemplarFilter = reader.choice(OpenTelemetrySettings.EXEMPLAR_FILTER).toUpperCase(Locale.ROOT);
    sessions = reader.hasAny(SESSIONS) ? SessionSettings.read(reader, directory) : null;
    Map<String, String> attributes =
        Collections.unmodifiableMap(reader.pairs(OpenTelemetrySettings.RESOURCE_ATTRIBUTES));
    serviceName = serviceName(reader, attributes, systemProperties);
    // A fault in a setting of both signals is reported once, and only if one of them is sent: logs
    // come first.
    sessionLogs =
        sessions != null && sessions.toOtlp() ? OtlpReader.ofLogs(reader).read(attributes) : null;
    exporterConfig = new ExporterConfig(reader, environment, exporters, directory, attributes);
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads the settings.
   *
   * @param agentArguments what follows {@code -javaagent:metrics-agent.jar=}, or {@code null}
   */
  public static AgentConfig load(
      String agentArguments, Properties systemProperties, Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Map<String, SettingValue> values =
        SettingSources.collect(agentArguments, systemProperties, environment, problems);
    return new AgentConfig(
        new SettingReader(values, problems), problems, systemProperties, environment);
  }

  private static long interval(SettingReader reader) {
    long own = reader.nanosIfSet(AgentSettings.INTERVAL, MIN_INTERVAL_NANOS, "100ms");
    if (own >= 0) {
      return own;
    }
    long otel = reader.nanosIfSet(OpenTelemetrySettings.EXPORT_INTERVAL, MIN_INTERVAL_NANOS, "100");
    return otel >= 0 ? otel : DEFAULT_INTERVAL_NANOS;
  }

  private static Map<String, Boolean> instrumentations(SettingReader reader) {
    List<String> keys = new ArrayList<>();
    for (String key : reader.keys()) {
      if (SettingCatalogue.isInstrumentation(key)) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      return Map.of();
    }
    Collections.sort(keys);
    Map<String, Boolean> result = new LinkedHashMap<>();
    for (String key : keys) {
      String name = SettingCatalogue.instrumentationName(key);
      result.put(name, reader.bool(SettingCatalogue.instrumentation(name)));
    }
    return Collections.unmodifiableMap(result);
  }

  private static String serviceName(
      SettingReader reader, Map<String, String> attributes, Properties systemProperties) {
    String name = reader.textOrNull(OpenTelemetrySettings.SERVICE_NAME);
    if (name == null) {
      name = attributes.get("service.name");
    }
    return name == null || name.isEmpty() ? ProcessIdentity.serviceName(systemProperties) : name;
  }

  /** Returns one message for the user for each setting that could not be used. */
  public List<String> problems() {
    return problems;
  }

  /** Returns whether the agent is switched on; an agent that is off weaves and exports nothing. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the names of the exporters in use, each once; empty for none. */
  public List<String> exporters() {
    return exporters;
  }

  /** Returns the time between two exports in nanoseconds, at least 100 ms. */
  public long intervalNanos() {
    return intervalNanos;
  }

  /** Returns the folder that holds all files that the agent writes; it need not exist. */
  public File directory() {
    return directory;
  }

  /** Returns the settings of runs. */
  public RunSettings runs() {
    return runs == null ? new RunSettings(reader) : runs;
  }

  /** Returns whether anything is switched on that keeps the events of calls. */
  public boolean keepsEvents() {
    return rollups() != null
        || (runs != null && (runs.enabled() || runs.gauges() != null))
        || (sessions != null && sessions.enabled());
  }

  /** Returns the settings of the session metrics that are recorded, or {@code null} for none. */
  public RollupConfig rollups() {
    return rollups == null || !rollups.enabled() ? null : rollups;
  }

  SettingReader reader() {
    return reader;
  }

  /** Returns the tag {@code worker}. */
  public String workerId() {
    return workerId;
  }

  /** Returns {@code service.name}. */
  public String serviceName() {
    return serviceName;
  }

  /** Returns the default tag {@code experiment}, or {@code null}. */
  public String experiment() {
    return reader.textOrNull(AgentSettings.EXPERIMENT);
  }

  /** Returns the largest number of series of one kind, at least 1. */
  public int cardinalityLimit() {
    return cardinalityLimit;
  }

  /** Returns whether receiving, settling and processing messages is timed. */
  public boolean timesMailboxes() {
    return timesMailboxes;
  }

  /**
   * Returns whether the rules of a library are used.
   *
   * @param name such as {@code spring-ai}; dots, underscores and hyphens are equal
   */
  public boolean instrumentationEnabled(String name) {
    if (instrumentations.isEmpty()) {
      return true; // without the catalogue of all settings, which most starts do not need
    }
    String key = SettingCatalogue.instrumentation(name).key();
    return instrumentations.getOrDefault(SettingCatalogue.instrumentationName(key), true);
  }

  /**
   * Returns what is set for single instrumentations, by name. Names of instrumentations that do not
   * exist are included: this module does not know which ones do.
   */
  public Map<String, Boolean> instrumentations() {
    return instrumentations;
  }

  /** Returns {@code metrics.agent.adapters.include} as written, or {@code null}. */
  public SettingValue adaptersInclude() {
    return reader.value(AgentSettings.ADAPTERS_INCLUDE);
  }

  /** Returns {@code metrics.agent.tools.include} as written, or {@code null}. */
  public SettingValue toolsInclude() {
    return reader.value(AgentSettings.TOOLS_INCLUDE);
  }

  /** Returns {@code metrics.agent.mailboxes.include} as written, or {@code null}. */
  public SettingValue mailboxesInclude() {
    return reader.value(AgentSettings.MAILBOXES_INCLUDE);
  }

  /** Returns the files of {@code metrics.agent.rules.file} as written; none if it is not set. */
  public List<File> rulesFiles() {
    return reader.files(AgentSettings.RULES_FILE);
  }

  /** Returns whether the queues of thread pools are measured. */
  public boolean measuresExecutors() {
    return executors;
  }

  /** Returns whether the mailboxes of actors are measured. */
  public boolean measuresActors() {
    return actors;
  }

  /** Returns the least important level that the agent prints. */
  public AgentLog.Level logLevel() {
    return logLevel;
  }

  /** Returns {@code TRACE_BASED}, {@code ALWAYS_ON} or {@code ALWAYS_OFF}, the exemplar filter. */
  public String exemplarFilter() {
    return exemplarFilter;
  }

  /** Returns the class path of the user's own sinks, or {@code null} if the user has none. */
  public String sinksPath() {
    return reader.textOrNull(ExporterSettings.SINKS_PATH);
  }

  /** Returns the settings of the {@code statsd} exporter, without the container's id. */
  public StatsdSettings statsd() {
    return exporterConfig.statsd().settings();
  }

  /** Returns where StatsD's host and port, or its socket, come from; {@code default} if not set. */
  String statsdTarget() {
    return exporterConfig.statsd().target();
  }

  /** Returns the settings of the {@code prometheus} exporter. */
  public PrometheusSettings prometheus() {
    return exporterConfig.prometheus();
  }

  /** Returns the settings of the {@code archive} exporter. */
  public ArchiveSettings archive() {
    return exporterConfig.archive();
  }

  /** Returns the settings of sessions. */
  public SessionSettings sessions() {
    return sessions == null ? SessionSettings.read(reader, directory) : sessions;
  }

  /**
   * Returns the settings of the {@code otlp} exporter, also when it is not in use. They hold the
   * resource attributes that the user has set; of a {@code service.name} among them, {@link
   * #serviceName} is the effective value.
   */
  public OtlpSettings otlp() {
    return exporterConfig.otlp();
  }

  /**
   * Returns how sessions are sent over OTLP, with the resource attributes as in {@link #otlp};
   * {@code null} if they are not sent.
   */
  public OtlpSettings sessionLogs() {
    return sessionLogs;
  }

  /** Returns every setting with its effective value for people to read; secrets are masked. */
  public List<SettingValue> settings() {
    return EffectiveSettings.of(this, reader, workerOrigin);
  }
}
