package io.metricsagent.instrumentations.libraries.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.api.MetricsAgentApi;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.testing.Chats;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class CollectorHandlerTest {
  private final Registry registry = Chats.registry();
  private final CollectorHandler handler = new CollectorHandler(new Telemetry(registry));

  @Test
  void eachCallerOfOneCopyGetsTheSameCollector() {
    Object collector = connected(MetricsAgentApi.collector());

    assertThat(collector).isNotSameAs(MetricsAgentApi.collector());
    assertThat(connected(MetricsAgentApi.collector())).isSameAs(collector);
  }

  @Test
  void eachCopyOfTheInterfaceHasACollectorOfItsOwn() throws Exception {
    try (URLClassLoader plugin = copy()) {
      Class<?> api = plugin.loadClass(MetricsAgentApi.class.getName());
      Object collector = connected(api.getMethod("collector").invoke(null));

      assertThat(collector).isNotInstanceOf(io.metricsagent.api.MetricsCollector.class);
      Method ack =
          plugin
              .loadClass(io.metricsagent.api.MetricsCollector.class.getName())
              .getMethod("recordMessageAck", String.class);
      ack.invoke(collector, "requests");
      assertThat(registry.snapshot().mailboxes().get(0).acked()).isEqualTo(1);
    }
  }

  private static URLClassLoader copy() throws IOException {
    URL classes = MetricsAgentApi.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  @Test
  void anObjectThatIsNotACollectorIsNotReplaced() {
    assertThat(handler.exit(handler, null, new IllegalStateException())).isNull();
    assertThat(handler.exit(handler, "text", null)).isEqualTo("text");
  }

  /** A rule names its target by text. */
  @Test
  void theRuleNamesTheMethodOfTheInterface() throws NoSuchMethodException {
    Rule rule = new ApiModule().rules().get(0);

    assertThat(rule.type()).isEqualTo(MetricsAgentApi.class.getName());
    assertThat(rule.replacesResult()).isTrue();
    Method collector = MetricsAgentApi.class.getMethod("collector");
    assertThat(rule.methods())
        .containsExactly(
            MethodTarget.method(collector.getName(), collector.getReturnType().getName()));
  }

  private Object connected(Object collector) {
    return handler.exit(handler.enter(null, null, null, null), collector, null);
  }
}
