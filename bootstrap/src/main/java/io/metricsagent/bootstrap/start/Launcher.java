package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.loading.LauncherCall;
import io.metricsagent.bootstrap.targets.LoadedTargets;
import io.metricsagent.bootstrap.targets.LoaderSightings;
import io.metricsagent.bootstrap.targets.Privileges;
import io.metricsagent.bootstrap.targets.TargetNames;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.Properties;

/**
 * Second step of the start: opens the front door, and leaves the agent's own side to {@link
 * SideOpener}. The entry class calls it without referring to it, because the entry class must load
 * on any JVM.
 *
 * <p>Constraints on the reader: code that {@link #start} runs must not use {@code
 * java.util.logging}, NIO file systems or JMX, which the application may configure later, and must
 * not throw, since the application has to run on.
 */
public final class Launcher implements LauncherCall.Callee {
  static {
    LauncherCall.register(new Launcher());
  }

  private static final String STARTED = "io.metricsagent.started";
  private static final String COMMAND_LINE = "io.metricsagent.agent.start.CommandLine";

  /** The argument of an attachment that asks the running agent for a snapshot. */
  private static final String DUMP = "dump";

  /** The system property for the answer, which the attaching process reads. */
  private static final String DUMPED = "io.metricsagent.dumped";

  private static volatile SideOpener opener;

  private Launcher() {}

  /** Called by the static initialiser of the agent's side, so that no reflection is needed. */
  public static void register(AgentSide side) {
    SideOpener.registered = side;
  }

  /**
   * Starts the agent. Does not start it if an agent is already running, if the JVM runs a tool of
   * the JDK or a command of the agent, if the JVM writes an archive of its classes, or if a running
   * agent is only asked for a snapshot.
   *
   * @param attached whether the application is already running
   */
  @Override
  public void start(String arguments, Instrumentation jvm, File jar, boolean attached) {
    // The agent's threads inherit the permissions of all callers up to here.
    Privileges.with(
        new PrivilegedAction<Void>() { // no lambda: the first lambda of a JVM is slow
          @Override
          public Void run() {
            startWithPrivileges(arguments, jvm, jar, attached);
            return null;
          }
        });
  }

  private static void startWithPrivileges(
      String arguments, Instrumentation jvm, File jar, boolean attached) {
    try {
      if (attached && DUMP.equals(arguments)) {
        System.setProperty(DUMPED, dump());
        return;
      }
      String running = System.getProperty(STARTED);
      if (running != null) {
        AgentLog.warn(
            "the agent is already running, from "
                + running
                + "; this second start is ignored. Give the JVM one -javaagent option, and restart"
                + " the JVM to change the agent's settings");
        return;
      }
      if (!attached && JdkTools.runsOwnCommand(jar)) {
        return; // without a message, since a program may read the output of the command
      }
      String tool = attached ? null : JdkTools.running();
      if (tool != null) {
        AgentLog.info("not measuring " + tool + ", a tool of the JDK");
        return;
      }
      if (!attached && ArchiveOptions.mayBeSet() && writesArchive(jvm)) {
        AgentLog.info("not measuring a run in which the JVM writes an archive of its classes");
        ArchivedClasses.load(jar);
        return;
      }
      System.setProperty(STARTED, jar.getPath());
      launch(arguments, jvm, jar, attached);
    } catch (Throwable t) {
      failed(t);
    }
  }

  /**
   * Returns whether the JVM writes an archive. A woven class would be in the archive as it is
   * woven, or would be missing there.
   */
  private static boolean writesArchive(Instrumentation jvm) {
    try {
      JdkInternals.open(jvm);
      return JdkInternals.isDumpingArchive();
    } catch (LinkageError e) {
      AgentLog.debug("this JVM does not tell whether it writes an archive: " + e, e);
      return false;
    }
  }

  /** Registers the front door, the thread that exports, and the shutdown hook. */
  private static void launch(String arguments, Instrumentation jvm, File jar, boolean attached)
      throws ClassNotFoundException {
    TargetNames targets = TargetNames.builtIn();
    LoaderSightings tracers = LoaderSightings.ofTracers();
    Properties properties = (Properties) System.getProperties().clone();
    StartFacts facts =
        new StartFacts(arguments, properties, jvm, targets, tracers, System.currentTimeMillis());
    SideOpener side = new SideOpener(jar, facts);
    opener = side;
    boolean now = attached || TargetSettings.mayBeSet(arguments);
    if (now && side.get() == null) {
      if (!side.mayOpenLater()) {
        return;
      }
      side.door().willChange(); // the settings are not known yet
    }
    LoadedTargets loaded = new LoadedTargets(jvm, side.door());
    if (attached) {
      jvm.addTransformer(side.door(), true);
      loaded.weaveWhileRunning(tracers);
    } else {
      List<Class<?>> early = loaded.beforeMain(tracers);
      // Where no rule can change, classes woven at their load stay woven when another agent
      // retransforms them, and the JVM need not keep their original code.
      jvm.addTransformer(side.door(), side.door().mayChange());
      if (!early.isEmpty() && side.get() != null) {
        loaded.weave(early);
      }
    }
    if (tracers.isUseUnknown()) {
      InitialisedClasses.tell(tracers, jvm);
    }
    side.ensureThread();
    Thread hook =
        new AgentThreads("metrics-agent-shutdown", null).newThread(new FirstExport(side, jvm));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  // Named classes in place of lambdas: the first lambda of a JVM is expensive.

  /**
   * A shutdown hook. Exports while the application's hooks run, in case the process is killed
   * before they end, and arranges the last export after them.
   */
  private static final class FirstExport implements Runnable {
    private final SideOpener side;
    private final Instrumentation jvm;

    FirstExport(SideOpener side, Instrumentation jvm) {
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

  /** Runs on a thread of the application when its shutdown hooks have ended. */
  private static final class LastExport implements Runnable {
    private final SideOpener side;

    LastExport(SideOpener side) {
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
    SideOpener side = opener;
    String answer = side == null ? null : side.dump();
    return answer == null
        ? "error: the agent in this JVM is switched off or did not start; its lines on standard"
            + " error say why"
        : answer;
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
  @Override
  public int run(String[] arguments, File jar) throws IOException, ReflectiveOperationException {
    AgentClassLoader loader = SideOpener.loader(jar);
    Thread.currentThread().setContextClassLoader(loader);
    return (int)
        loader
            .loadClass(COMMAND_LINE)
            .getMethod("run", String[].class)
            .invoke(null, (Object) arguments);
  }
}
