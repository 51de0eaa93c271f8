package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConfigCommandTest {
  private final Shell shell = new Shell();

  @Test
  void printsEachSettingWithItsOrigin() {
    shell.environment.put("METRICS_AGENT_STATSD_PORT", "9125");
    shell.environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=secret");
    shell.properties.setProperty("metrics.agent.dir", "/data/agent");

    assertThat(shell.run("config", "exporters=otlp,statsd", "interval=5s")).isZero();

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out().lines())
        .anyMatch(line -> line.matches("setting +value +origin"))
        .anyMatch(line -> line.matches("metrics.agent.exporters +otlp,statsd +agent argument"))
        .anyMatch(line -> line.matches("metrics.agent.interval +5s +agent argument"))
        .anyMatch(line -> line.matches("metrics.agent.dir +/data/agent +system property"))
        .anyMatch(
            line ->
                line.matches(
                    "metrics.agent.statsd.port +9125 +environment METRICS_AGENT_STATSD_PORT"))
        .anyMatch(line -> line.matches("metrics.agent.enabled +true +default"))
        .anyMatch(line -> line.matches("otel.exporter.otlp.headers +Authorization=\\*\\*\\* .*"));
    assertThat(shell.out()).doesNotContain("secret");
  }

  @Test
  void headersThatAreNotSetAreNone() {
    shell.run("config");

    assertThat(shell.out().lines())
        .anyMatch(line -> line.matches("otel.exporter.otlp.headers +none +default"))
        .anyMatch(
            line -> line.matches("metrics.agent.instrumentation.<name>.enabled +true +default"))
        .anyMatch(
            line ->
                line.matches(
                    "metrics.agent.worker.id +host-1-\\d+ +default \\(of this process\\)"));
  }

  @Test
  void problemsGoToStandardErrorAndMakeTheExitCodeOne() {
    assertThat(shell.run("config", "intervall=5s", "statsd.port=x")).isEqualTo(1);

    assertThat(shell.err().lines())
        .containsExactly(
            "unknown setting intervall (agent argument). Did you mean interval? Ignored.",
            "metrics.agent.statsd.port=x (agent argument): write a port from 1 to 65535. Using"
                + " 8125.");
    assertThat(shell.out()).contains("8125");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instrumentation.langchain.enabled | false    | no instrumentation of that name",
        "adapters.include     | com.acme.A[x,y],B[z]  | separate classes by ;",
        "mailboxes.include    | com.acme.Box[frob]    | =ROLE",
        "runs.include         | run                   | is not of the form",
        "sessions.redact      | ([                    | metrics.agent.sessions.redact: ",
        "run.types            | a                     | metrics.agent.run.types=a (",
        "serve.max.sessions   | 0                     | metrics.agent.serve.max.sessions=0 (",
        "sinks.path           | nofile.jar            | nofile.jar does not exist",
      })
  void findsWhatAnAgentWouldReportLater(String key, String value, String problem) {
    shell.properties.setProperty("metrics.agent." + key, value);

    assertThat(shell.run("config")).isEqualTo(1);
    assertThat(shell.err()).contains(problem).hasLineCount(1);
    shell.run("config", "--json");
    assertThat(Json.MAPPER.readTree(shell.out()).path("problems")).hasSize(1);
  }

  @Test
  void valuesThatAreNotSetAreThoseThatHold() {
    shell.properties.setProperty("metrics.agent.dir", "/data/agent");
    shell.run("config");
    assertThat(shell.out().lines())
        .anyMatch(line -> line.matches("metrics.agent.runs.path +/data/agent/metrics.jsonl +def.*"))
        .anyMatch(line -> line.matches("metrics.agent.runs.scenario +what is run, such as .*"))
        .anyMatch(line -> line.matches("metrics.agent.serve.token +one that the command serve .*"))
        .anyMatch(line -> line.matches("otel.exporter.otlp.endpoint +http://localhost:4318, .*"));

    shell.environment.put("WORLDFLUX_METRICS_PATH", "/data/runs.jsonl");
    shell.run("config");
    assertThat(shell.out()).containsPattern("metrics.agent.runs.path +/data/runs.jsonl ");
  }

  @Test
  void oneLongValueDoesNotWidenTheTable() {
    shell.run("config");

    assertThat(shell.out().lines().filter(line -> line.length() > 140)).hasSizeLessThan(3);
  }

  @Test
  void printsJson() {
    assertThat(shell.run("config", "--json", "interval=5s", "port=1")).isEqualTo(1);

    JsonNode json = Json.MAPPER.readTree(shell.out());
    assertThat(json.path("settings"))
        .anySatisfy(
            setting -> {
              assertThat(setting.path("key").asString()).isEqualTo("metrics.agent.interval");
              assertThat(setting.path("value").asString()).isEqualTo("5s");
              assertThat(setting.path("origin").asString()).isEqualTo("agent argument");
            });
    assertThat(json.path("problems")).hasSize(1);
  }
}
