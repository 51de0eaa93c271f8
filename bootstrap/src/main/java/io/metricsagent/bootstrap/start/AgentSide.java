package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.io.File;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * The agent's own side, opened when it is needed first: for the first target, for the end of the
 * JVM, or {@value #GRACE_MILLIS} ms after the start by the agent's own thread. An application is
 * ready sooner if nobody else opens jars and reads settings while it starts. Thread-safe.
 */
final class AgentSide implements Supplier<TargetWeaver>, Runnable {
  private static final String AGENT = "io.metricsagent.agent.start.AgentStarter";
  private static final long GRACE_MILLIS = 1000;

  /** Set by the agent's class when it is initialised, which takes no reflection. */
  static volatile AgentEntry registered;

  private final File jar;
  private final AgentStart start;
  private final TargetTransformer door;
  private final KeptThread thread;
  private AgentEntry entry;
  private TargetWeaver weaver;
  private boolean opened;

  AgentSide(File jar, AgentStart start) {
    this.jar = jar;
    this.start = start;
    door = new TargetTransformer(start.targets(), start.tracers(), this);
    thread = new KeptThread(this, new AgentThreads("metrics-agent-flush", null));
  }

  /** Starts the agent's thread, unless it runs. */
  void ensureThread() {
    thread.ensure();
  }

  /** Returns what hands targets to this side, for the JVM. */
  TargetTransformer door() {
    return door;
  }

  /** Returns what weaves, or {@code null} if the agent is switched off or did not start. */
  @Override
  public synchronized TargetWeaver get() {
    open();
    if (weaver != null) {
      thread.ensure();
    }
    return weaver;
  }

  /** Exports until the JVM ends. */
  @Override
  public void run() {
    AgentEntry agent = afterGrace();
    if (agent != null) {
      agent.run();
    }
  }

  /** Has a flush begin, since the JVM begins to end; returns at once. */
  void flushSoon() {
    AgentEntry agent = open();
    if (agent != null) {
      agent.flushSoon();
      thread.ensure();
    }
  }

  /** Exports for the last time. */
  void stop() {
    AgentEntry agent = open();
    if (agent != null && thread.ensure()) {
      agent.stop();
    }
  }

  private synchronized AgentEntry afterGrace() {
    long end = System.nanoTime() + GRACE_MILLIS * 1_000_000;
    for (long left = GRACE_MILLIS; !opened && left > 0; ) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        // Nobody who knows this thread interrupts it.
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return open();
  }

  private synchronized AgentEntry open() {
    if (!opened) {
      opened = true;
      notifyAll();
      try {
        Class.forName(AGENT, true, loader(jar));
        weaver = registered.start(start);
        entry = weaver == null ? null : registered;
      } catch (Throwable t) {
        AgentLauncher.failed(t);
      }
      if (weaver == null) {
        start.jvm().removeTransformer(door); // switched off: classes are nobody's business
      }
    }
    return entry;
  }

  static AgentClassLoader loader(File jar) throws IOException {
    return new AgentClassLoader(jar, AgentSide.class.getClassLoader());
  }
}
