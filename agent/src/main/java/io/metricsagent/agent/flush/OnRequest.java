package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.util.function.Supplier;

/** What the agent does when somebody asks: a command that attaches, or JMX. Thread-safe. */
final class OnRequest implements AgentMXBean, Supplier<String> {
  private final Supplier<MetricsSnapshot> current;
  private final SinkSource sinks;
  private boolean registered;

  OnRequest(Supplier<MetricsSnapshot> current, SinkSource sinks) {
    this.current = current;
    this.sinks = sinks;
  }

  @Override
  public String dump() throws IOException {
    return sinks.dump(current.get());
  }

  /** Returns the path, or a line that begins with {@code error:}. */
  @Override
  public String get() {
    try {
      return dump();
    } catch (IOException | RuntimeException | LinkageError e) {
      return "error: " + e.getMessage();
    }
  }

  @Override
  public String snapshotJson() {
    return sinks.json(current.get());
  }

  /**
   * Enters the bean, once. Not before the first flush: to ask for the platform's server makes it,
   * and the application may still want to say how.
   */
  void register() {
    if (registered) {
      return;
    }
    registered = true;
    try {
      PlatformJmx.register(this);
    } catch (LinkageError e) {
      AgentLog.log(
          AgentLog.Level.INFO,
          "the agent is not in JMX, as this Java runtime lacks the module java.management; make the"
              + " runtime with --add-modules java.management if you want it there",
          e);
    }
  }
}
