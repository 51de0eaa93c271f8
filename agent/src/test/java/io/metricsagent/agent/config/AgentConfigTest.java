package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.archive.ArchiveSettings;
import io.metricsagent.exporters.statsd.Dialect;
import io.metricsagent.exporters.statsd.StatsdSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    AgentConfig config = Settings.none().load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.enabled()).isTrue();
    assertThat(config.exporters()).containsExactly("archive");
    assertThat(config.intervalNanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
    assertThat(config.directory()).isEqualTo(new File(".metrics-agent"));
    assertThat(config.workerId()).isEqualTo("host-1-" + ProcessHandle.current().pid());
    assertThat(config.serviceName()).isEqualTo("unknown_service:java");
    assertThat(config.experiment()).isNull();
    assertThat(config.cardinalityLimit()).isEqualTo(1000);
    assertThat(config.instrumentationEnabled("spring-ai")).isTrue();
    assertThat(config.adaptersInclude()).isNull();
    assertThat(config.toolsInclude()).isNull();
    assertThat(config.mailboxesInclude()).isNull();
    assertThat(config.logLevel()).isEqualTo(AgentLog.Level.INFO);
    assertThat(config.statsd())
        .isEqualTo(
            new StatsdSettings(
                "localhost", 8125, null, "wink", 1.0, Dialect.DATADOG, Map.of(), true, null));
    assertThat(config.statsdTarget()).isEqualTo("default");
    assertThat(config.archive())
        .isEqualTo(new ArchiveSettings(new File(".metrics-agent"), 1000, Duration.ofDays(7)));
  }

  @Test
  void strongerSourcesWin(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("agent.properties"),
            "metrics.agent.experiment=file\nmetrics.agent.statsd.host=file\n"
                + "metrics.agent.statsd.prefix=file\nmetrics.agent.dir=file\n");
    Settings settings =
        Settings.none()
            .environment("METRICS_AGENT_CONFIG_FILE", file.toString())
            .environment("METRICS_AGENT_EXPERIMENT", "environment")
            .environment("METRICS_AGENT_STATSD_HOST", "environment")
            .environment("METRICS_AGENT_STATSD_PREFIX", "environment")
            .property("metrics.agent.experiment", "property")
            .property("metrics.agent.statsd.host", "property")
            .arguments("experiment=argument");

    AgentConfig config = settings.load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.experiment()).isEqualTo("argument");
    assertThat(config.statsd().host()).isEqualTo("property");
    assertThat(config.statsd().prefix()).isEqualTo("environment");
    assertThat(config.directory()).isEqualTo(new File("file"));
    assertThat(config.settings())
        .contains(
            new SettingValue("metrics.agent.experiment", "argument", "agent argument"),
            new SettingValue("metrics.agent.statsd.host", "property", "system property"),
            new SettingValue(
                "metrics.agent.statsd.prefix",
                "environment",
                "environment METRICS_AGENT_STATSD_PREFIX"),
            new SettingValue("metrics.agent.dir", "file", "file " + file + ":4"),
            new SettingValue("metrics.agent.statsd.port", "8125", "default"));
  }

  @Test
  void anEmptyValueCountsAsNotSet() {
    AgentConfig config =
        Settings.none()
            .environment("METRICS_AGENT_INTERVAL", "5s")
            .property("metrics.agent.interval", " ")
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "")
            .load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.intervalNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(config.exporters()).containsExactly("archive");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "100ms, 100",
    "60s, 60000",
    "5m, 300000",
    "1h, 3600000",
    "1d, 86400000",
    "'5 s', 5000"
  })
  void readsIntervals(String text, long millis) {
    AgentConfig config = Settings.none().property("metrics.agent.interval", text).load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.intervalNanos()).isEqualTo(Duration.ofMillis(millis).toNanos());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60|has no unit; write 60s or 60ms",
        "99ms|too short; write at least 100ms",
        "0s|too short; write at least 100ms",
        "-1s|not a duration; write it as in 500ms, 60s, 5m, 1h or 7d",
        "1.5s|not a duration; write it as in 500ms, 60s, 5m, 1h or 7d",
        "soon|not a duration; write it as in 500ms, 60s, 5m, 1h or 7d",
        "999999999999d|not a duration; write it as in 500ms, 60s, 5m, 1h or 7d",
        "99999999999999999999s|not a duration; write it as in 500ms, 60s, 5m, 1h or 7d",
      })
  void saysWhatIsWrongWithAnInterval(String text, String reason) {
    AgentConfig config = Settings.none().environment("METRICS_AGENT_INTERVAL", text).load();

    assertThat(config.problems())
        .containsExactly(
            "metrics.agent.interval="
                + text
                + " (environment METRICS_AGENT_INTERVAL): "
                + reason
                + ". Using the default: otel.metric.export.interval where set, else 60s.");
    assertThat(config.intervalNanos()).isEqualTo(Duration.ofSeconds(60).toNanos());
  }

  @Test
  void opentelemetrysIntervalIsInMillisecondsAndYieldsToOurs() {
    Settings settings = Settings.none().environment("OTEL_METRIC_EXPORT_INTERVAL", "2000");
    assertThat(settings.load().intervalNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
    assertThat(settings.load().settings())
        .contains(
            new SettingValue("metrics.agent.interval", "2000ms", "otel.metric.export.interval"));

    settings.arguments("interval=5s");
    assertThat(settings.load().intervalNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(settings.load().problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics.agent.enabled|yes|write true or false. Using true.",
        "metrics.agent.cardinality.limit|0|write a whole number from 1. Using 1000.",
        "metrics.agent.cardinality.limit|many|write a whole number from 1. Using 1000.",
        "metrics.agent.statsd.port|65536|write a port from 1 to 65535. Using 8125.",
        "metrics.agent.statsd.sample.rate|0|write a number more than 0 and at most 1, such as 0.1."
            + " Using 1.0.",
        "metrics.agent.statsd.sample.rate|NaN|write a number more than 0 and at most 1, such as"
            + " 0.1. Using 1.0.",
        "metrics.agent.statsd.dialect|dogstatsd|write one of datadog, telegraf, graphite, librato,"
            + " etsy. Using datadog.",
        "metrics.agent.log.level|verbose|write one of off, error, warn, info, debug. Using info.",
        "metrics.agent.archive.max.files|-5|write a whole number from 1. Using 1000.",
        "metrics.agent.archive.max.age|7|has no unit; write 7d or 7h. Using 7d.",
        "otel.resource.attributes|a|entry 1 is not key=value; write key=value,key2=value2,"
            + " percent-encoded. Ignored.",
      })
  void eachBadValueIsOneMessageAndTheDefaultIsUsed(String key, String text, String message) {
    AgentConfig config = Settings.none().property(key, text).load();

    assertThat(config.problems())
        .containsExactly(key + "=" + text + " (system property): " + message);
    assertThat(config.settings())
        .filteredOn(setting -> setting.key().equals(key))
        .extracting(SettingValue::origin)
        .containsExactly("default");
  }

  @Test
  void oneLibraryCanBeSwitchedOffFromAnySource() {
    AgentConfig config =
        Settings.none()
            .environment("METRICS_AGENT_INSTRUMENTATION_SPRING_AI_ENABLED", "false")
            .property("metrics.agent.instrumentation.kafka.enabled", "FALSE")
            .arguments("instrumentation.langchain4j.enabled=false")
            .load();

    assertThat(config.problems()).isEmpty();
    assertThat(config.instrumentationEnabled("spring-ai")).isFalse();
    assertThat(config.instrumentationEnabled("kafka")).isFalse();
    assertThat(config.instrumentationEnabled("langchain4j")).isFalse();
    assertThat(config.instrumentationEnabled("openai-java")).isTrue();
    assertThat(config.instrumentations().keySet())
        .containsExactly("kafka", "langchain4j", "spring-ai");
  }

  @Test
  void aSystemPropertyOfAnInstrumentationWinsOverItsEnvironmentVariable() {
    AgentConfig config =
        Settings.none()
            .environment("METRICS_AGENT_INSTRUMENTATION_SPRING_AI_ENABLED", "false")
            .property("metrics.agent.instrumentation.spring-ai.enabled", "true")
            .load();

    assertThat(config.instrumentationEnabled("spring-ai")).isTrue();
  }

  @Test
  void includedMethodsKeepTheirTextAndOrigin() {
    AgentConfig config =
        Settings.none()
            .arguments(
                "adapters.include=com.acme.Llm[complete,stream];com.acme.Other[call],interval=5s")
            .load();

    assertThat(config.adaptersInclude())
        .isEqualTo(
            new SettingValue(
                "metrics.agent.adapters.include",
                "com.acme.Llm[complete,stream];com.acme.Other[call]",
                "agent argument"));
    assertThat(config.intervalNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "ERROR", "Warn", "debug"})
  void readsLogLevels(String level) {
    assertThat(Settings.none().property("metrics.agent.log.level", level).load().logLevel())
        .isEqualTo(AgentLog.Level.valueOf(level.toUpperCase(Locale.ROOT)));
  }

  @Test
  void theWorkerIsNamedByTheUserFirst() {
    Settings settings = Settings.none().environment("WORKER_ID", "worker-1");
    assertThat(settings.load().workerId()).isEqualTo("worker-1");
    assertThat(settings.load().settings())
        .contains(new SettingValue("metrics.agent.worker.id", "worker-1", "environment WORKER_ID"));

    settings.property("metrics.agent.worker.id", "worker-2");
    assertThat(settings.load().workerId()).isEqualTo("worker-2");
  }

  @Test
  void theServiceIsNamedByItsNameThenByItsAttributesThenByItsMainClass() {
    Settings settings = Settings.none().property("sun.java.command", "com.acme.Main --port 1");
    assertThat(settings.load().serviceName()).isEqualTo("com.acme.Main");

    settings.environment("OTEL_RESOURCE_ATTRIBUTES", "service.name=my%20shop,team=a");
    assertThat(settings.load().serviceName()).isEqualTo("my shop");

    settings.environment("OTEL_SERVICE_NAME", "checkout");
    assertThat(settings.load().serviceName()).isEqualTo("checkout");
  }

  @Test
  void keysOfContextsAreReadAndWhatIsNoFieldIsReported() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.context.keys", "experimnt=a,experiment=ab_arm,session_id=")
            .load();

    assertThat(config.contextKeys()).isNotNull();
    assertThat(config.problems())
        .containsExactly(
            "metrics.agent.context.keys (system property): there is no field experimnt; did you"
                + " mean experiment? Write field=key, where the field is one of experiment,"
                + " request_id, run_id, session_id, attempt, trace_id. This entry is ignored.");
    assertThat(Settings.none().load().contextKeys()).isNotNull();
    assertThat(
            Settings.none().property("metrics.agent.context.enabled", "false").load().contextKeys())
        .isNull();
  }

  @Test
  void theProcessMayNameTheSessionOfItsRuns() {
    AgentConfig config = Settings.none().environment("METRICS_AGENT_SESSION_ID", "night").load();

    assertThat(config.runs().sessionId()).isEqualTo("night");
    assertThat(Settings.none().load().runs().sessionId()).isNull();
  }
}
