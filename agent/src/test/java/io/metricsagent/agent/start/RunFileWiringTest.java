package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.events.Run;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file the recording of runs writes to; the numbers are those of its contract. */
class RunFileWiringTest {
  @TempDir private Path folder;

  private static EventStream stream(String path) {
    AgentConfig config =
        AgentConfig.load(
            "runs.enabled=true,runs.path=" + path, new Properties(), Map.of("HOSTNAME", "host-1"));
    assertThat(config.problems()).isEmpty();
    Registry registry =
        new Registry(
            new RegistrySettings(Instant.now(), "w1", "shop", null, 1000, "1.2.3"),
            Clock.systemUTC(),
            () -> {});
    return EventConsumers.stream(config, System.currentTimeMillis(), registry, CallContexts.OFF);
  }

  @Test
  void statement1_0_1_aRunIsAppendedToTheFileThatIsSet() {
    Path file = folder.resolve("runs.jsonl");
    EventStream events = stream(file.toString());
    Run run = events.newRun("Assistant.chat", null);
    events.began(run);
    events.ended(run, run.startNanos() + 1, null, null, null);
    events.close();

    assertThat(file).content().contains("\"scenario\":\"Assistant.chat\"");
  }

  /** A line that is written to the device leaves no trace, so the test asks for the consumers. */
  @Test
  void statement1_0_2_withDevNullNothingIsRecorded() {
    assertThat(stream("/dev/null")).isSameAs(EventStream.OFF);
  }
}
