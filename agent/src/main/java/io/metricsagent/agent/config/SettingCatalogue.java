package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.SettingDefinition.computed;
import static io.metricsagent.agent.config.SettingDefinition.constant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every setting of the agent, in the order of the reference table: the one place that names them.
 */
final class SettingCatalogue {
  static final String PREFIX = "metrics.agent.";
  static final String OTEL_PREFIX = "otel.";

  private static final String INSTRUMENTATION = "metrics.agent.instrumentation.";
  private static final String ENABLED = ".enabled";

  static final List<SettingDefinition> ALL = all();

  private static final Map<String, SettingDefinition> BY_KEY = byKey();

  private SettingCatalogue() {}

  private static List<SettingDefinition> all() {
    List<SettingDefinition> all = new ArrayList<>(40);
    addAgent(all);
    addExporters(all);
    addOpenTelemetry(all);
    return List.copyOf(all);
  }

  private static void addAgent(List<SettingDefinition> all) {
    all.add(
        constant(
            "metrics.agent.enabled",
            SettingType.BOOLEAN,
            "true",
            "`false` leaves the application as it is: nothing is woven or exported."));
    all.add(
        computed(
                "metrics.agent.exporters",
                SettingType.LIST,
                "`archive`, plus `otlp` when an OTLP endpoint is configured",
                "Where snapshots go: any of `archive`, `otlp`, `prometheus` and `statsd`, or"
                    + " `none`.")
            .oneOf("archive", "otlp", "prometheus", "statsd", "none"));
    all.add(
        computed(
            "metrics.agent.interval",
            SettingType.DURATION,
            "`otel.metric.export.interval` where set, else `60s`",
            "Time between two exports: `500ms`, `60s`, `5m` or `1h`, at least `100ms`. The unit is"
                + " required."));
    all.add(
        constant(
            "metrics.agent.dir",
            SettingType.FILE,
            ".metrics-agent",
            "The folder that holds all the agent writes, relative to the working directory."));
    all.add(
        computed(
            "metrics.agent.config.file",
            SettingType.FILE,
            "none",
            "A properties file (UTF-8) with settings. Everything else wins over it."));
    all.add(
        computed(
            "metrics.agent.worker.id",
            SettingType.TEXT,
            "environment variable `WORKER_ID`, else `{host}-{pid}`",
            "Tag `worker`: tells the processes of one service apart."));
    all.add(
        computed(
            "metrics.agent.experiment",
            SettingType.TEXT,
            "none",
            "Tag `experiment` of calls that name none themselves."));
    all.add(
        constant(
            "metrics.agent.cardinality.limit",
            SettingType.COUNT,
            "1000",
            "Series of a kind (adapters, tools, mailboxes, MCP requests of a side). Beyond it new"
                + " ones share `_other`. Of a name the first 200 characters count."));
    all.add(
        constant(
            "metrics.agent.instrumentation.<name>.enabled",
            SettingType.BOOLEAN,
            "true",
            "`false` leaves one library alone, such as"
                + " `metrics.agent.instrumentation.langchain4j.enabled`."));
    all.add(
        computed(
            "metrics.agent.adapters.include",
            SettingType.TEXT,
            "none",
            "Methods of your own to measure as LLM calls:"
                + " `com.acme.Llm[complete,stream];com.acme.Other[call]`."));
    all.add(
        computed(
            "metrics.agent.tools.include",
            SettingType.TEXT,
            "none",
            "Methods of your own to measure as tool calls, in the same form."));
    all.add(
        computed(
            "metrics.agent.mailboxes.include",
            SettingType.TEXT,
            "none",
            "Methods of your own that handle one message, in the same form."));
    all.add(
        constant(
                "metrics.agent.log.level",
                SettingType.CHOICE,
                "info",
                "What the agent prints to standard error, with the prefix `[metrics-agent]`:"
                    + " `off`, `error`, `warn`, `info` or `debug`.")
            .oneOf("off", "error", "warn", "info", "debug"));
  }

  private static void addExporters(List<SettingDefinition> all) {
    all.add(
        computed(
            "metrics.agent.sinks.path",
            SettingType.TEXT,
            "none",
            "Jars, or folders of jars, with exporters of your own, separated as in a class path."
                + " They run besides those of `metrics.agent.exporters`."));
    all.add(
        constant(
            "metrics.agent.statsd.host",
            SettingType.TEXT,
            "localhost",
            "StatsD receiver. Where neither this nor the port is set, the dialect `datadog` goes by"
                + " `DD_DOGSTATSD_URL` (`udp://` or `unixstream://`), `DD_AGENT_HOST` and"
                + " `DD_DOGSTATSD_PORT`."));
    all.add(constant("metrics.agent.statsd.port", SettingType.PORT, "8125", "Its UDP port."));
    all.add(
        constant(
            "metrics.agent.statsd.prefix",
            SettingType.TEXT,
            "wink",
            "What StatsD names begin with, without the dot."));
    all.add(
        constant(
            "metrics.agent.statsd.sample.rate",
            SettingType.RATE,
            "1.0",
            "Share of counters and timings that is sent, more than 0 and at most 1."));
    all.add(
        constant(
                "metrics.agent.statsd.dialect",
                SettingType.CHOICE,
                "datadog",
                "How tags are written: `datadog`, `telegraf`, `graphite`, `librato` or `etsy`. With"
                    + " `datadog`, `DD_ENTITY_ID`, `DD_ENV`, `DD_SERVICE` and `DD_VERSION` become"
                    + " tags too.")
            .oneOf("datadog", "telegraf", "graphite", "librato", "etsy"));
    all.add(
        constant(
            "metrics.agent.prometheus.host",
            SettingType.TEXT,
            "localhost",
            "Address that the `prometheus` exporter listens on; `0.0.0.0` lets other machines"
                + " scrape."));
    all.add(constant("metrics.agent.prometheus.port", SettingType.PORT, "9464", "Its TCP port."));
    all.add(
        computed(
            "metrics.agent.prometheus.token",
            SettingType.SECRET,
            "none",
            "Bearer token that a scrape must present."));
    all.add(
        constant(
            "metrics.agent.archive.max.files",
            SettingType.COUNT,
            "1000",
            "Snapshot files kept of each worker. Beyond it the newer half stays whole and older"
                + " ones are thinned out evenly, so that they still reach back to the maximum age:"
                + " each holds everything since its process began. Of interval logs the oldest"
                + " go."));
    all.add(
        constant(
            "metrics.agent.archive.max.age",
            SettingType.DURATION,
            "7d",
            "Age at which a snapshot file or interval log is deleted: `12h` or `7d`. A worker's"
                + " last snapshot stays (those of the newest 1000 workers), and so does what is"
                + " older than a pause of that length, until as much time is recorded after it: the"
                + " clock may have been wrong."));
  }

  private static void addOpenTelemetry(List<SettingDefinition> all) {
    all.add(
        constant(
                "metrics.agent.otlp.names",
                SettingType.CHOICE,
                "gen_ai",
                "What OTLP metrics are called: by OpenTelemetry's conventions (`gen_ai`), or `wink`"
                    + " where the application or its framework reports `gen_ai.*` itself and one"
                    + " would double the other.")
            .oneOf("gen_ai", "wink"));
    all.add(
        computed(
            "otel.exporter.otlp.endpoint",
            SettingType.URL,
            "`http://localhost:4318`, for `grpc` `http://localhost:4317`",
            "OTLP receiver of all signals; for `http/protobuf`, `/v1/metrics` is appended."));
    all.add(
        computed(
            "otel.exporter.otlp.metrics.endpoint",
            SettingType.URL,
            "`otel.exporter.otlp.endpoint`",
            "OTLP receiver of metrics; used as it is."));
    all.add(
        constant(
                "otel.exporter.otlp.protocol",
                SettingType.CHOICE,
                "http/protobuf",
                "`http/protobuf` or `grpc`.")
            .oneOf("http/protobuf", "grpc")
            .alsoForMetrics());
    all.add(
        computed(
                "otel.exporter.otlp.headers",
                SettingType.SECRET_PAIRS,
                "none",
                "Headers of each request: `key=value,key2=value2`, percent-encoded.")
            .alsoForMetrics());
    all.add(
        constant("otel.exporter.otlp.compression", SettingType.CHOICE, "none", "`gzip` or `none`.")
            .oneOf("gzip", "none")
            .alsoForMetrics());
    all.add(
        constant(
                "otel.exporter.otlp.timeout",
                SettingType.MILLISECONDS,
                "10s",
                "Time one export may take, retries included; a plain number is milliseconds.")
            .alsoForMetrics());
    all.add(
        computed(
                "otel.exporter.otlp.certificate",
                SettingType.FILE,
                "the JDK's trust store",
                "PEM file with the certificates to trust.")
            .alsoForMetrics());
    all.add(
        computed(
                "otel.exporter.otlp.client.key",
                SettingType.FILE,
                "none",
                "PEM file with the private key for mutual TLS; needs the client certificate.")
            .alsoForMetrics());
    all.add(
        computed(
                "otel.exporter.otlp.client.certificate",
                SettingType.FILE,
                "none",
                "PEM file with the certificate of that key.")
            .alsoForMetrics());
    all.add(
        constant(
                "otel.exporter.otlp.metrics.temporality.preference",
                SettingType.CHOICE,
                "cumulative",
                "`cumulative`, `delta` or `lowmemory`.")
            .oneOf("cumulative", "delta", "lowmemory"));
    all.add(
        constant(
                "otel.exporter.otlp.metrics.default.histogram.aggregation",
                SettingType.CHOICE,
                "explicit_bucket_histogram",
                "`explicit_bucket_histogram` or `base2_exponential_bucket_histogram`.")
            .oneOf("explicit_bucket_histogram", "base2_exponential_bucket_histogram"));
    all.add(
        computed(
            "otel.service.name",
            SettingType.TEXT,
            "`service.name` of the resource attributes, else the main class or jar",
            "Name of the service in all exports."));
    all.add(
        computed(
            "otel.resource.attributes",
            SettingType.PAIRS,
            "none",
            "Attributes of the service: `key=value,key2=value2`, percent-encoded."));
    all.add(
        computed(
            "otel.metric.export.interval",
            SettingType.MILLISECONDS,
            "none",
            "Time between two exports where `metrics.agent.interval` is not set; a plain number is"
                + " milliseconds."));
    all.add(
        constant(
                "otel.metrics.exemplar.filter",
                SettingType.CHOICE,
                "trace_based",
                "Which calls may be exemplars: those in a sampled span (`trace_based`), in any span"
                    + " (`always_on`), or none (`always_off`).")
            .oneOf("trace_based", "always_on", "always_off"));
    all.add(
        constant(
            "otel.sdk.disabled",
            SettingType.BOOLEAN,
            "false",
            "`true` switches the `otlp` exporter off, even where it is listed; the other exporters"
                + " go on."));
  }

  private static Map<String, SettingDefinition> byKey() {
    Map<String, SettingDefinition> map = new HashMap<>();
    for (SettingDefinition definition : ALL) {
      map.put(definition.key(), definition);
      if (definition.metricsForm()) {
        map.put(definition.metricsKey(), definition);
      }
    }
    return map;
  }

  /** Returns the definition of a canonical key, or {@code null} when there is none. */
  static SettingDefinition find(String key) {
    return BY_KEY.get(
        isInstrumentation(key) ? "metrics.agent.instrumentation.<name>.enabled" : key);
  }

  /** Returns whether a key belongs to something that is planned and does not work yet. */
  static boolean isPlanned(String key) {
    return key.equals("metrics.agent.rules.file");
  }

  /**
   * Returns the one spelling of a key. An environment variable cannot say {@code spring-ai}, so
   * within the name of an instrumentation dots, underscores and hyphens are the same.
   */
  static String canonical(String key) {
    if (!isInstrumentation(key)) {
      return key;
    }
    String name = key.substring(INSTRUMENTATION.length(), key.length() - ENABLED.length());
    return instrumentationKey(name);
  }

  static String instrumentationKey(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
    return INSTRUMENTATION.concat(plain).concat(ENABLED);
  }

  /** Returns the name in the key of an instrumentation, or {@code null} for any other key. */
  static String instrumentationName(String key) {
    return isInstrumentation(key)
        ? key.substring(INSTRUMENTATION.length(), key.length() - ENABLED.length())
        : null;
  }

  static boolean isInstrumentation(String key) {
    return key.startsWith(INSTRUMENTATION)
        && key.endsWith(ENABLED)
        && key.length() > INSTRUMENTATION.length() + ENABLED.length();
  }

  /** Returns the known key that looks most like an unknown one, or {@code null}. */
  static String nearest(String key) {
    return key.startsWith(INSTRUMENTATION)
        ? "metrics.agent.instrumentation.<name>.enabled"
        : NearestName.of(key, BY_KEY.keySet());
  }
}
