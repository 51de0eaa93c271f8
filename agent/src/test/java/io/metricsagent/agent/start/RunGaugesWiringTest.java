package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RunGaugesWiringTest {
  private final Registry registry =
      new Registry(
          new RegistrySettings(Instant.now(), "w1", "shop", null, 1000, "1.2.3"),
          Clock.systemUTC(),
          () -> {});

  private EventStream stream(String arguments) {
    AgentConfig config =
        AgentConfig.load(arguments, new Properties(), Map.of("HOSTNAME", "host-1"));
    assertThat(config.problems()).isEmpty();
    return EventConsumers.stream(config, System.currentTimeMillis(), registry, CallContexts.OFF);
  }

  @Test
  void withoutTheSettingThereAreNeitherEventsNorPoints() {
    assertThat(stream(null)).isSameAs(EventStream.OFF);
    assertThat(registry.snapshot().points()).isEmpty();
  }

  @Test
  void withTheSettingASnapshotHasThePointsOfARunThatHasEnded() {
    EventStream events = stream("run.gauges=true,run.types=chat=*.chat");
    Run run = events.newRun("Assistant.chat", null);
    run.identify("r1");
    events.began(run);
    events.ended(run, run.startNanos() + 1_000_000_000, null, null, null);
    events.close();

    assertThat(registry.snapshot().points())
        .filteredOn(point -> point.measure().name().equals("run.duration_hours"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.tags())
                  .containsEntry("run_id", "r1")
                  .containsEntry("run_type", "chat");
              assertThat(point.value()).isEqualTo(1 / 3600.0);
            });
  }

  @Test
  void theLastExportShowsARunThatTheEndOfTheJvmInterrupted() {
    EventStream events = stream("run.gauges=true");
    Run run = events.newRun("Assistant.chat", null);
    events.began(run);
    events.close();
    assertThat(registry.snapshot().points())
        .filteredOn(point -> point.measure().name().equals("run.duration_hours"))
        .singleElement()
        .satisfies(point -> assertThat(point.tags()).containsEntry("state", "failed"));
  }
}
