package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.registry.Registry;
import java.io.IOException;
import java.util.function.Supplier;

/** Answers requests for a snapshot, from the {@code dump} command or over JMX. Thread-safe. */
final class OnRequest implements AgentMXBean, Supplier<String> {
  private final Supplier<Registry> registry;
  private final SinkSource sinks;
  private final Server server;
  private boolean registered;
  private boolean said;

  /** An MBean server. */
  interface Server {
    void register(AgentMXBean bean) throws Exception;
  }

  /** A named class in place of a method reference, which would load the classes of JMX. */
  private static final class Platform implements Server {
    @Override
    public void register(AgentMXBean bean) throws Exception {
      PlatformJmx.register(bean);
    }
  }

  OnRequest(Supplier<Registry> registry, SinkSource sinks) {
    this(registry, sinks, new Platform());
  }

  OnRequest(Supplier<Registry> registry, SinkSource sinks, Server server) {
    this.registry = registry;
    this.sinks = sinks;
    this.server = server;
  }

  @Override
  public String dump() throws IOException {
    return sinks.dump(registry.get().snapshot());
  }

  /**
   * Writes a snapshot and returns the path of its file, or a line that begins with {@code error:}.
   */
  @Override
  public String get() {
    try {
      return dump();
    } catch (IOException | RuntimeException | Error e) {
      return "error: " + (e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  @Override
  public String snapshotJson() {
    return sinks.json(registry.get().snapshot());
  }

  @Override
  public String snapshotAndResetJson() {
    return sinks.json(registry.get().snapshotAndReset());
  }

  @Override
  public void reset() {
    registry.get().reset();
  }

  /**
   * Registers the bean unless it is registered; never throws. Must not be called before the first
   * flush, because asking for the platform's MBean server creates it, and the application may
   * configure it until then.
   */
  void register() {
    if (registered) {
      return;
    }
    try {
      server.register(this);
      registered = true;
    } catch (Throwable e) {
      if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
        registered = true; // and stays so: the module will not appear later
        AgentLog.info(
            "the agent is not in JMX, as this Java runtime lacks the module java.management; make"
                + " the runtime with --add-modules java.management if you want it there");
      } else {
        sayOnce(e); // the JVM may be short of memory or file descriptors only for the moment
      }
    }
  }

  private void sayOnce(Throwable e) {
    if (!said) {
      said = true;
      AgentLog.debug("the agent is not in JMX; the next flush tries again: " + e, e);
    }
  }
}
