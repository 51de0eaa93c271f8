package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.registry.Registry;
import java.io.IOException;
import java.util.function.Supplier;

/** What the agent does when somebody asks: a command that attaches, or JMX. Thread-safe. */
final class OnRequest implements AgentMXBean, Supplier<String> {
  private final Supplier<Registry> registry;
  private final SinkSource sinks;
  private final Server server;
  private boolean registered;
  private boolean said;

  /** Where a bean is entered. */
  interface Server {
    void register(AgentMXBean bean) throws Exception;
  }

  /** By name in place of a method reference, and without loading what it refers to. */
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

  /** Returns the path, or a line that begins with {@code error:}. */
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
   * Enters the bean, unless it is there; never throws. Not before the first flush: to ask for the
   * platform's server makes it, and the application may still want to say how.
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
        registered = true; // for good
        AgentLog.info(
            "the agent is not in JMX, as this Java runtime lacks the module java.management; make"
                + " the runtime with --add-modules java.management if you want it there");
      } else {
        sayOnce(e); // there may be no descriptor or memory for it at the moment
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
