package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;
import java.util.jar.JarFile;

/**
 * Second step of the start: opens the agent's side of the class loaders and hands over to it.
 * Called by the entry class through reflection, since that one must load on any JVM.
 *
 * <p>Constraints on the reader: in {@link #start} nothing may touch {@code java.util.logging}, NIO
 * file systems or JMX, which an application may still want to configure, and nothing may throw: the
 * application runs on.
 */
public final class AgentLauncher {
  private static final String STARTED = "io.metricsagent.started";
  private static final String AGENT = "io.metricsagent.agent.start.AgentStarter";
  private static final String COMMAND_LINE = "io.metricsagent.agent.start.CommandLine";

  private static volatile AgentEntry agent;

  /** The argument of an attachment that asks the running agent for a snapshot. */
  private static final String DUMP = "dump";

  /** Where the answer to that is found by who attached: the system properties can be read there. */
  private static final String DUMPED = "io.metricsagent.dumped";

  private static volatile Supplier<String> dumper;

  private AgentLauncher() {}

  /** Called by the agent's side when its class is initialised, which takes no reflection. */
  public static void register(AgentEntry entry) {
    agent = entry;
  }

  /**
   * Sets what answers the argument {@value #DUMP} of a later attachment: it writes a snapshot and
   * returns its path, or a line that begins with {@code error:}.
   */
  public static void onDump(Supplier<String> newDumper) {
    dumper = newDumper;
  }

  /**
   * Starts the agent, unless one runs already, the JVM runs a tool of the JDK, or a running agent
   * is only asked for a snapshot.
   *
   * @param attached whether the application runs already
   */
  public static void start(String arguments, Instrumentation jvm, File jar, boolean attached) {
    try {
      if (attached && DUMP.equals(arguments)) {
        Supplier<String> running = dumper;
        System.setProperty(DUMPED, running == null ? "error: no agent runs here" : running.get());
        return;
      }
      String running = System.getProperty(STARTED);
      if (running != null) {
        AgentLog.warn("the agent runs already (" + running + "); this one is ignored");
        return;
      }
      String tool = attached ? null : JdkTools.running();
      if (tool != null) {
        AgentLog.info("not measuring " + tool + ", a tool of the JDK");
        return;
      }
      System.setProperty(STARTED, jar.getPath());
      // Not verified: checking signatures before the JIT compiler has started is slow.
      AgentClassLoader loader =
          new AgentClassLoader(new JarFile(jar, false), AgentLauncher.class.getClassLoader());
      Class.forName(AGENT, true, loader);
      agent.start(arguments, jvm, attached);
    } catch (Throwable t) {
      failed(t);
    }
  }

  private static void failed(Throwable cause) {
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
    AgentClassLoader loader =
        new AgentClassLoader(new JarFile(jar, false), AgentLauncher.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    return (int)
        loader
            .loadClass(COMMAND_LINE)
            .getMethod("run", String[].class)
            .invoke(null, (Object) arguments);
  }
}
