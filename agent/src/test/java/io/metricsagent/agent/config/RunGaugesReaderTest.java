package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.gauges.RunGaugeSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunGaugesReaderTest {
  @Test
  void perRunGaugesAreOffByDefault() {
    assertThat(Settings.none().load().runs().gauges()).isNull();
    AgentConfig off = Settings.none().property("metrics.agent.run.types", "a=b").load();
    assertThat(off.problems()).isEmpty();
    assertThat(off.runs().gauges()).isNull();
    assertThat(off.keepsEvents()).isFalse();
  }

  @Test
  void theDefaultsAreThoseOfTheDocument() {
    RunGaugeSettings settings = Settings.none().arguments("run.gauges=true").load().runs().gauges();
    assertThat(settings.lifetimeNanos()).isEqualTo(Duration.ofMinutes(15).toNanos());
    assertThat(settings.maxRuns()).isEqualTo(1000);
    assertThat(settings.types().typeOf("github.sky.main", false)).isEqualTo("train");
    assertThat(settings.types().typeOf("My Sweep", false)).isEqualTo("sweep");
    assertThat(settings.types().typeOf("Assistant.chat", false)).isEqualTo("all");
  }

  @Test
  void eachSourceCanSetThem() {
    AgentConfig config =
        Settings.none()
            .environment("METRICS_AGENT_RUN_GAUGES", "true")
            .environment("METRICS_AGENT_RUN_GAUGES_LIFETIME", "5m")
            .environment("METRICS_AGENT_RUN_GAUGES_MAX_RUNS", "20")
            .arguments("run.types=chat=*.chat;batch=com.acme.*")
            .load();
    assertThat(config.problems()).isEmpty();
    assertThat(config.runs().gauges().lifetimeNanos()).isEqualTo(Duration.ofMinutes(5).toNanos());
    assertThat(config.runs().gauges().maxRuns()).isEqualTo(20);
    assertThat(config.runs().gauges().types().typeOf("Assistant.chat", false)).isEqualTo("chat");
    assertThat(config.runs().gauges().types().typeOf("com.acme.Job", false)).isEqualTo("batch");
  }

  @Test
  void badValuesAreToldAndTheDefaultsAreUsed() {
    AgentConfig config =
        Settings.none()
            .property("metrics.agent.run.gauges", "true")
            .property("metrics.agent.run.types", "chat")
            .property("metrics.agent.run.gauges.lifetime", "10ms")
            .property("metrics.agent.run.gauges.max.runs", "0")
            .load();
    assertThat(config.problems())
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .contains("metrics.agent.run.types=chat", "type=pattern")
                    .endsWith("Using train=github.sky.*;sweep=*sweep*/i."),
            problem -> assertThat(problem).contains("lifetime=10ms", "at least 1s"),
            problem -> assertThat(problem).contains("max.runs=0"));
    assertThat(config.runs().gauges().maxRuns()).isEqualTo(1000);
    assertThat(config.runs().gauges().types().typeOf("github.sky.x", false)).isEqualTo("train");
  }
}
