package io.metricsagent.agent.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class OnRequestTest {
  private static final String[] NOTHING = {};

  private final Registry registry =
      new Registry(
          new RegistrySettings(Instant.EPOCH, "worker-1", "test", null, 1000, "test"),
          Clock.systemUTC(),
          () -> {});
  private String problem;

  private final SinkSource sinks =
      new SinkSource() {
        @Override
        public List<SinkPlan> early(Supplier<MetricsSnapshot> current) {
          return List.of();
        }

        @Override
        public List<SinkPlan> lazy() {
          return List.of();
        }

        @Override
        public String dump(MetricsSnapshot snapshot) throws IOException {
          if (problem != null) {
            throw new IOException(problem);
          }
          return "/dumps/one.json";
        }

        @Override
        public String json(MetricsSnapshot snapshot) {
          return snapshot.tools().stream().mapToLong(ToolSnapshot::callCount).sum() + " calls";
        }
      };

  @Test
  void jmxOffersADumpTheSnapshotAsJsonAndAReset() throws Exception {
    registry.recordToolCall("search", 5, true, null);
    OnRequest request = new OnRequest(() -> registry, sinks);
    request.register();
    request.register();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.metricsagent:type=Agent");
    try {
      assertThat(server.invoke(name, "dump", NOTHING, NOTHING)).isEqualTo("/dumps/one.json");
      assertThat(server.invoke(name, "snapshotJson", NOTHING, NOTHING)).isEqualTo("1 calls");
      assertThat(server.invoke(name, "snapshotAndResetJson", NOTHING, NOTHING))
          .isEqualTo("1 calls");
      assertThat(server.invoke(name, "snapshotJson", NOTHING, NOTHING)).isEqualTo("0 calls");
      registry.recordToolCall("search", 5, true, null);
      server.invoke(name, "reset", NOTHING, NOTHING);
      assertThat(server.invoke(name, "snapshotJson", NOTHING, NOTHING)).isEqualTo("0 calls");
    } finally {
      server.unregisterMBean(name);
    }
  }

  @Test
  void whoAttachesIsToldWhatWentWrong() {
    OnRequest request = new OnRequest(() -> registry, sinks);
    assertThat(request.get()).isEqualTo("/dumps/one.json");
    problem = "the disk is full";
    assertThat(request.get()).isEqualTo("error: the disk is full");
  }

  /** The process had no file descriptor left when the platform's server was made. */
  @Test
  void aBeanThatCouldNotBeEnteredIsEnteredByTheNextFlush() {
    List<AgentMXBean> entered = new ArrayList<>();
    int[] asked = {0};
    OnRequest request =
        new OnRequest(
            () -> registry,
            sinks,
            bean -> {
              if (asked[0]++ == 0) {
                throw new ExceptionInInitializerError("too many open files");
              }
              entered.add(bean);
            });

    request.register();
    request.register();
    request.register();

    assertThat(entered).hasSize(1);
    assertThat(asked[0]).isEqualTo(2);
  }
}
