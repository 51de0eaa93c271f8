package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.TargetNames;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Second step of the start: opens the front door, and leaves the agent's own side to {@link
 * AgentSide}. Called by the entry class through reflection, since that one must load on any JVM.
 *
 * <p>Constraints on the reader: in {@link #start} nothing may touch {@code java.util.logging}, NIO
 * file systems or JMX, which an application may still want to configure, and nothing may throw: the
 * application runs on.
 */
public final class AgentLauncher {
  private static final String STARTED = "io.metricsagent.started";
  private static final String COMMAND_LINE = "io.metricsagent.agent.start.CommandLine";

  /** The argument of an attachment that asks the running agent for a snapshot. */
  private static final String DUMP = "dump";

  /** Where the answer to that is found by who attached: the system properties can be read there. */
  private static final String DUMPED = "io.metricsagent.dumped";

  private static volatile Supplier<String> dumper;

  private static volatile AgentSide agentSide;

  private AgentLauncher() {}

  /** Called by the agent's side when its class is initialised, which takes no reflection. */
  public static void register(AgentEntry entry) {
    AgentSide.registered = entry;
  }

  /**
   * Sets what answers the argument {@value #DUMP} of a later attachment: it writes a snapshot and
   * returns its path, or a line that begins with {@code error:}.
   */
  public static void onDump(Supplier<String> newDumper) {
    dumper = newDumper;
  }

  /**
   * Starts the agent, unless one runs already, the JVM runs a tool of the JDK or a command of the
   * agent, or a running agent is only asked for a snapshot.
   *
   * @param attached whether the application runs already
   */
  public static void start(String arguments, Instrumentation jvm, File jar, boolean attached) {
    try {
      if (attached && DUMP.equals(arguments)) {
        System.setProperty(DUMPED, dump());
        return;
      }
      String running = System.getProperty(STARTED);
      if (running != null) {
        AgentLog.warn("the agent runs already (" + running + "); this one is ignored");
        return;
      }
      if (!attached && JdkTools.runsOwnCommand(jar)) {
        return; // and not a word of it: its output may be read by a program
      }
      String tool = attached ? null : JdkTools.running();
      if (tool != null) {
        AgentLog.info("not measuring " + tool + ", a tool of the JDK");
        return;
      }
      System.setProperty(STARTED, jar.getPath());
      launch(arguments, jvm, jar, attached);
    } catch (Throwable t) {
      failed(t);
    }
  }

  /**
   * Opens the door, and starts the thread that exports and the one that does it for the last time.
   */
  private static void launch(String arguments, Instrumentation jvm, File jar, boolean attached)
      throws ClassNotFoundException {
    TargetNames targets = TargetNames.builtIn();
    LoaderSightings tracers = LoaderSightings.ofTracers();
    Properties properties = (Properties) System.getProperties().clone();
    AgentStart start =
        new AgentStart(arguments, properties, jvm, targets, tracers, System.currentTimeMillis());
    AgentSide side = new AgentSide(jar, start);
    agentSide = side;
    boolean now = attached || TargetSettings.mayBeSet(arguments);
    if (now && side.get() == null && !side.mayOpenLater()) {
      return;
    }
    // One that can retransform has the JVM hand each class to a second set of transformers. What is
    // woven at the load of a class stays when another agent retransforms it.
    jvm.addTransformer(side.door(), attached);
    if (attached) {
      side.door().retransformLoaded(jvm);
    }
    side.ensureThread();
    Thread hook =
        new AgentThreads("metrics-agent-shutdown", null).newThread(new FirstExport(side, jvm));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  // By name in place of lambdas, the first of which would be the first one of many an application.

  /**
   * Runs beside the shutdown hooks of the application: exports what there is, in case the process
   * is killed before they end, and sees to the last export after them.
   */
  private static final class FirstExport implements Runnable {
    private final AgentSide side;
    private final Instrumentation jvm;

    FirstExport(AgentSide side, Instrumentation jvm) {
      this.side = side;
      this.jvm = jvm;
    }

    @Override
    public void run() {
      try {
        side.flushSoon();
      } catch (Throwable t) {
        AgentLog.debug("the flush at the end of the JVM failed: " + t, t);
      }
      LastExport last = new LastExport(side);
      if (!LateHook.add(jvm, last)) {
        last.run();
      }
    }
  }

  /** On a thread of the application's, when its shutdown hooks have ended. */
  private static final class LastExport implements Runnable {
    private final AgentSide side;

    LastExport(AgentSide side) {
      this.side = side;
    }

    @Override
    public void run() {
      try {
        side.stop();
      } catch (Throwable t) {
        AgentLog.debug("the last export failed: " + t, t);
      }
    }
  }

  private static String dump() {
    AgentSide side = agentSide;
    if (side != null) {
      side.get();
    }
    Supplier<String> running = dumper;
    return running == null ? "error: no agent runs here" : running.get();
  }

  static void failed(Throwable cause) {
    AgentLog.log(
        AgentLog.Level.ERROR,
        "the agent did not start: " + cause + "; the application runs without it",
        cause);
  }

  /**
   * Runs the command line of the jar.
   *
   * @return the exit code
   */
  public static int run(String[] arguments, File jar)
      throws IOException, ReflectiveOperationException {
    AgentClassLoader loader = AgentSide.loader(jar);
    Thread.currentThread().setContextClassLoader(loader);
    return (int)
        loader
            .loadClass(COMMAND_LINE)
            .getMethod("run", String[].class)
            .invoke(null, (Object) arguments);
  }
}
