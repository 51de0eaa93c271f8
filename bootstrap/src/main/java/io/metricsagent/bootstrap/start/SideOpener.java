package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Opens the agent's own side for the first target, at the end of the JVM, or by the agent's thread
 * {@value #GRACE_MILLIS} ms after the start, whichever comes first. An application starts faster if
 * the agent opens no jars and reads no settings meanwhile. Thread-safe.
 */
final class SideOpener implements Supplier<TargetWeaver>, Runnable {
  private static final String AGENT = "io.metricsagent.agent.start.MeasuringSide";
  private static final long GRACE_MILLIS = 1000;

  /** Set by the static initialiser of the agent's class, so that no reflection is needed. */
  static volatile AgentSide registered;

  private final Callable<AgentSide> opener;
  private final StartFacts facts;
  private final long graceMillis;
  private final TargetTransformer door;
  private final KeptThread thread;
  private AgentSide side;
  private TargetWeaver weaver;
  private boolean opened;
  private boolean again;
  private boolean told;

  SideOpener(File jar, StartFacts facts) {
    this(new FromJar(jar, facts.jvm()), facts, GRACE_MILLIS);
  }

  /**
   * For tests, which choose the waiting time and what opens the side.
   *
   * @param graceMillis the milliseconds before the agent's thread opens the side, and before each
   *     further attempt
   */
  SideOpener(Callable<AgentSide> opener, StartFacts facts, long graceMillis) {
    this.opener = opener;
    this.facts = facts;
    this.graceMillis = graceMillis;
    door = new TargetTransformer(facts.targets(), facts.tracers(), this);
    thread = new KeptThread(this, new AgentThreads("metrics-agent-flush", null));
  }

  /**
   * A named class rather than a lambda, because the first lambda of a JVM is slow. Each call makes
   * a new loader, so that a failed attempt does not affect the next one.
   */
  private static final class FromJar implements Callable<AgentSide> {
    private final File jar;
    private final Instrumentation jvm;

    FromJar(File jar, Instrumentation jvm) {
      this.jar = jar;
      this.jvm = jvm;
    }

    @Override
    public AgentSide call() throws IOException, ClassNotFoundException {
      ProbeClasses.define(jvm);
      Class.forName(AGENT, true, loader(jar));
      return registered;
    }
  }

  /** Starts the agent's thread unless it is running. */
  void ensureThread() {
    thread.ensure();
  }

  /** Returns the transformer for the JVM, which passes targets to this side. */
  TargetTransformer door() {
    return door;
  }

  /** Returns the weaver, or {@code null} if the agent is switched off or did not start. */
  @Override
  public synchronized TargetWeaver get() {
    open();
    if (weaver != null) {
      thread.ensure();
    }
    return weaver;
  }

  /** Returns whether opening the side failed for a reason that may pass. */
  synchronized boolean mayOpenLater() {
    return again;
  }

  /** Exports until the JVM ends. */
  @Override
  public void run() {
    AgentSide agent = afterGrace();
    while (agent == null && isTriedAgain()) {
      agent = afterGrace();
    }
    if (agent != null) {
      agent.run();
    }
  }

  /**
   * Allows one more attempt to open the side if the last one failed for a reason that may pass;
   * returns whether it did.
   */
  private synchronized boolean isTriedAgain() {
    if (again) {
      opened = false;
    }
    return again;
  }

  /** Writes a snapshot as {@link AgentSide#dump}; returns {@code null} if no side can be opened. */
  String dump() {
    AgentSide agent = open();
    return agent == null ? null : agent.dump();
  }

  /** Starts a flush because the JVM shuts down; returns at once. */
  void flushSoon() {
    AgentSide agent = open();
    if (agent != null) {
      agent.flushSoon();
      thread.ensure();
    }
  }

  /** Exports for the last time. */
  void stop() {
    AgentSide agent = open();
    if (agent != null && thread.ensure()) {
      agent.stop();
    }
  }

  private synchronized AgentSide afterGrace() {
    long end = System.nanoTime() + graceMillis * 1_000_000;
    for (long left = graceMillis; !opened && left > 0; ) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        // No part of the agent interrupts this thread, so it waits on.
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return open();
  }

  private synchronized AgentSide open() {
    if (opened) {
      return side;
    }
    opened = true;
    again = false;
    notifyAll();
    try {
      AgentSide opening = opener.call();
      weaver = opening.start(facts, door);
      side = weaver == null ? null : opening;
    } catch (Throwable t) {
      again = isPassing(t);
      tell(t);
    }
    if (weaver == null && !again) {
      facts.jvm().removeTransformer(door); // the agent is off and needs to see no class
    }
    return side;
  }

  /**
   * Returns whether the process was short of something that may become free again: heap, stack,
   * threads, file descriptors.
   */
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
      Launcher.failed(failure);
    } else if (!told) {
      told = true;
      try {
        AgentLog.log(
            AgentLog.Level.WARN,
            "the agent could not start yet: " + failure + "; it tries again every second",
            failure);
      } catch (Throwable ignored) {
        // No memory is left for the message. The next attempt is still made.
      }
    }
  }

  static AgentClassLoader loader(File jar) throws IOException {
    return new AgentClassLoader(jar, SideOpener.class.getClassLoader());
  }
}
