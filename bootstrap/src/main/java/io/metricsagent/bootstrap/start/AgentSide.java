package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
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

  private final Callable<AgentEntry> opener;
  private final AgentStart start;
  private final long graceMillis;
  private final TargetTransformer door;
  private final KeptThread thread;
  private AgentEntry entry;
  private TargetWeaver weaver;
  private boolean opened;
  private boolean again;
  private boolean told;

  AgentSide(File jar, AgentStart start) {
    this(new FromJar(jar), start, GRACE_MILLIS);
  }

  /**
   * With a time to wait, and what finds the agent's side, of a test's.
   *
   * @param graceMillis before the side is opened, and before it is tried again
   */
  AgentSide(Callable<AgentEntry> opener, AgentStart start, long graceMillis) {
    this.opener = opener;
    this.start = start;
    this.graceMillis = graceMillis;
    door = new TargetTransformer(start.targets(), start.tracers(), this);
    thread = new KeptThread(this, new AgentThreads("metrics-agent-flush", null));
  }

  /** By name in place of a lambda; each call has a loader of its own, so none inherits a fault. */
  private static final class FromJar implements Callable<AgentEntry> {
    private final File jar;

    FromJar(File jar) {
      this.jar = jar;
    }

    @Override
    public AgentEntry call() throws IOException, ClassNotFoundException {
      Class.forName(AGENT, true, loader(jar));
      return registered;
    }
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

  /** Returns whether what kept it from being opened may pass. */
  synchronized boolean mayOpenLater() {
    return again;
  }

  /** Exports until the JVM ends. */
  @Override
  public void run() {
    AgentEntry agent = afterGrace();
    while (agent == null && isTriedAgain()) {
      agent = afterGrace();
    }
    if (agent != null) {
      agent.run();
    }
  }

  /** Lets the side be opened once more, where it could not be for want of something. */
  private synchronized boolean isTriedAgain() {
    if (again) {
      opened = false;
    }
    return again;
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
    long end = System.nanoTime() + graceMillis * 1_000_000;
    for (long left = graceMillis; !opened && left > 0; ) {
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
    if (opened) {
      return entry;
    }
    opened = true;
    again = false;
    notifyAll();
    try {
      AgentEntry side = opener.call();
      weaver = side.start(start);
      entry = weaver == null ? null : side;
    } catch (Throwable t) {
      again = isPassing(t);
      tell(t);
    }
    if (weaver == null && !again) {
      start.jvm().removeTransformer(door); // switched off: classes are nobody's business
    }
    return entry;
  }

  /** Whether the process lacked what it may have again: heap, stack, threads, descriptors. */
  private static boolean isPassing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof VirtualMachineError
          || String.valueOf(cause.getMessage()).contains("Too many open files")) {
        return true;
      }
    }
    return false;
  }

  private void tell(Throwable failure) {
    if (!again) {
      AgentLauncher.failed(failure);
    } else if (!told) {
      told = true;
      try {
        AgentLog.log(
            AgentLog.Level.WARN,
            "the agent could not start yet: " + failure + "; it is tried again every second",
            failure);
      } catch (Throwable ignored) {
        // Out of memory: it is tried again all the same.
      }
    }
  }

  static AgentClassLoader loader(File jar) throws IOException {
    return new AgentClassLoader(jar, AgentSide.class.getClassLoader());
  }
}
