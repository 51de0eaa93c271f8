package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherAgentTest {
  private static final List<String> EVENTS = new ArrayList<>();

  /** Has the shape of the class in OpenTelemetry's agent. */
  public static final class InstrumentationUtil {
    private InstrumentationUtil() {}

    public static void suppressInstrumentation(Runnable task) {
      EVENTS.add("off");
      task.run();
      EVENTS.add("on");
    }
  }

  @Test
  void anExportIsUnseenByTheAgentBesideUs() {
    OtherAgent agent =
        OtherAgent.find(
            getClass().getClassLoader(), "no.such.Type", InstrumentationUtil.class.getName());
    agent.unseen(() -> EVENTS.add("export"));
    assertThat(EVENTS).containsExactly("off", "export", "on");
    assertThatThrownBy(
            () ->
                agent.unseen(
                    () -> {
                      throw new IllegalArgumentException("passes");
                    }))
        .hasMessage("passes");
  }

  @Test
  void withoutOneTheExportJustRuns() {
    List<String> events = new ArrayList<>();
    OtherAgent.find().unseen(() -> events.add("export"));
    assertThat(events).containsExactly("export");
  }
}
