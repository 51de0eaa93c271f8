package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingSourcesTest {
  private final List<String> problems = new ArrayList<>();

  private Map<String, String> arguments(String text) {
    Map<String, String> values = new TreeMap<>();
    SettingSources.collect(text, new Properties(), Map.of(), problems)
        .forEach((key, value) -> values.put(key, value.text()));
    return values;
  }

  @Test
  void aPartWithoutEqualsContinuesAList() {
    assertThat(arguments("exporters=otlp,statsd,interval=5s"))
        .containsOnly(
            Map.entry("metrics.agent.exporters", "otlp,statsd"),
            Map.entry("metrics.agent.interval", "5s"));
    assertThat(problems).isEmpty();
  }

  @Test
  void keysMayCarryTheirPrefix() {
    assertThat(arguments(" metrics.agent.experiment = b , otel.service.name=shop, statsd.port=1"))
        .containsOnly(
            Map.entry("metrics.agent.experiment", "b"),
            Map.entry("otel.service.name", "shop"),
            Map.entry("metrics.agent.statsd.port", "1"));
    assertThat(problems).isEmpty();
  }

  @Test
  void pairsKeepTheirCommasAndEqualsSigns() {
    assertThat(
            arguments(
                "otel.resource.attributes=service.name=shop,team=a,interval=5s,"
                    + "otel.exporter.otlp.headers=api-key=k==,x=y,exporters=otlp"))
        .containsOnly(
            Map.entry("otel.resource.attributes", "service.name=shop,team=a"),
            Map.entry("metrics.agent.interval", "5s"),
            Map.entry("otel.exporter.otlp.headers", "api-key=k==,x=y"),
            Map.entry("metrics.agent.exporters", "otlp"));
    assertThat(problems).isEmpty();
  }

  @Test
  void theLastOfEqualArgumentsWins() {
    assertThat(arguments("interval=5s,interval=6s"))
        .containsOnly(Map.entry("metrics.agent.interval", "6s"));
  }

  @Test
  void anArgumentThatIsNoSettingIsReported() {
    assertThat(arguments("otlp,statsd=1")).isEmpty();
    assertThat(problems)
        .startsWith("agent argument \"otlp\" is not key=value, such as exporters=otlp. Ignored.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intervall=5s|unknown setting intervall (agent argument). Did you mean interval? Ignored.",
        "metrics.agent.exporter=otlp|unknown setting metrics.agent.exporter (agent argument)."
            + " Did you mean metrics.agent.exporters? Ignored.",
        "statsd.sample-rate=1|unknown setting statsd.sample-rate (agent argument)."
            + " Did you mean statsd.sample.rate? Ignored.",
        "otel.exporter.otlp.metric.endpoint=http://x|unknown setting"
            + " otel.exporter.otlp.metric.endpoint (agent argument)."
            + " Did you mean otel.exporter.otlp.metrics.endpoint? Ignored.",
        "instrumentation.kafka=false|unknown setting instrumentation.kafka (agent argument)."
            + " Did you mean instrumentation.<name>.enabled? Ignored.",
        "zzzzzzzzzzzz=1|unknown setting zzzzzzzzzzzz (agent argument)."
            + " \"java -jar metrics-agent.jar config\" lists the known ones. Ignored.",
      })
  void unknownArgumentsNameTheNearest(String text, String message) {
    assertThat(arguments(text)).isEmpty();
    assertThat(problems).containsExactly(message);
  }

  @Test
  void unknownKeysElsewhereNameTheNearestInTheSameForm() {
    Properties properties = new Properties();
    properties.setProperty("metrics.agent.dirr", "x");
    properties.setProperty("metrics.other", "x");
    properties.setProperty("otel.traces.exporter", "otlp");
    Map<String, String> environment =
        Map.of("METRICS_AGENT_WORKERID", "x", "OTEL_TRACES_EXPORTER", "otlp", "PATH", "x");

    assertThat(SettingSources.collect(null, properties, environment, problems)).isEmpty();

    assertThat(problems)
        .containsExactly(
            "unknown setting METRICS_AGENT_WORKERID (environment)."
                + " Did you mean METRICS_AGENT_WORKER_ID? Ignored.",
            "unknown setting metrics.agent.dirr (system property)."
                + " Did you mean metrics.agent.dir? Ignored.");
  }

  @Test
  void aFileIsReadWithLineNumbers(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("agent.properties"),
            """
            # a comment that ends in a backslash \\
            metrics.agent.experiment = gr\\u00fcn
            ! another

            metrics.agent.exporters: otlp,\\
                statsd
            metrics.agent.dirr=x
            metrics.agent.dir=\\u00zz
            otel.service.name=sh\u00f6p
            metrics.agent.config.file=other
            """);

    Map<String, SettingValue> values =
        SettingSources.collect("config.file=" + file, new Properties(), Map.of(), problems);

    String origin = "file " + file + ":";
    assertThat(values.values())
        .contains(
            new SettingValue("metrics.agent.experiment", "grün", origin + 2),
            new SettingValue("metrics.agent.exporters", "otlp,statsd", origin + 5),
            new SettingValue("otel.service.name", "shöp", origin + 9));
    assertThat(problems)
        .containsExactly(
            "unknown setting metrics.agent.dirr ("
                + origin
                + "7). Did you mean metrics.agent.dir? Ignored.",
            origin + "8: Malformed \\uxxxx encoding. Ignored.",
            origin + "10: metrics.agent.config.file has no effect in the file itself. Ignored.");
  }

  @Test
  void aFileThatCannotBeReadIsReported(@TempDir Path folder) {
    Properties properties = new Properties();
    properties.setProperty("metrics.agent.config.file", folder.resolve("none").toString());

    SettingSources.collect("interval=5s", properties, Map.of(), problems);

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("metrics.agent.config.file (system property): cannot read " + folder)
        .endsWith("Starting without it.");
  }
}
