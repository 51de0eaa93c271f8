package io.metricsagent.agent.cli;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes a running agent write a snapshot.
 *
 * <p>It attaches to the JVM and loads the jar of the agent that runs there, with an argument that
 * asks for a snapshot. The agent puts its answer into a system property, which this command can
 * read, even from a JVM in a container.
 */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the agent in a running JVM write a snapshot now, and prints the path of its file.",
      "Run it as the user that the JVM runs as. That JVM may print a warning of its own.",
      ""
    },
    footer = {
      "",
      "Example: a snapshot of the process with the id 4711:",
      "  java -jar metrics-agent.jar dump 4711"
    })
final class DumpCommand implements Callable<Integer> {
  private static final String STARTED = "io.metricsagent.started";
  private static final String DUMPED = "io.metricsagent.dumped";
  private static final String DUMP = "dump";
  private static final String ERROR = "error: ";

  /** A JVM under load may take seconds to reach a safepoint and to write the snapshot. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Reads process ids. */
  private static final class ProcessIds implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("give a process id, such as 4711");
      }
    }
  }

  private final Duration patience;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PID",
      description = "The process id of the JVM",
      converter = ProcessIds.class)
  private long pid;

  DumpCommand() {
    this(PATIENCE);
  }

  /**
   * Makes a command.
   *
   * @param patience how long the JVM has to answer
   */
  DumpCommand(Duration patience) {
    this.patience = patience;
  }

  /**
   * Attaches on a thread of its own, because attaching has no time limit and a JVM that is
   * suspended never answers.
   */
  @Override
  public Integer call() throws CliException {
    FutureTask<String> dump = new FutureTask<>(this::dump);
    Thread thread = new Thread(dump, "dump");
    thread.setDaemon(true);
    thread.start();
    try {
      spec.commandLine().getOut().println(dump.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      return 0;
    } catch (TimeoutException e) {
      throw CliException.failed(
          "process "
              + pid
              + " does not answer within "
              + patience.toSeconds()
              + " s; is it stopped? kill -CONT "
              + pid
              + " continues it",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CliException expected) {
        throw expected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private String dump() throws CliException {
    Machine machine = Machine.attach(pid);
    try {
      String jar = machine.property(STARTED);
      if (jar == null) {
        throw CliException.failed(
            "no agent runs in process " + pid + "; start it with -javaagent:metrics-agent.jar",
            null);
      }
      machine.load(jar, DUMP);
      String answer = machine.property(DUMPED);
      if (answer == null || answer.startsWith(ERROR)) {
        String reason =
            answer == null
                ? "its agent is of a version without the command dump"
                : answer.substring(ERROR.length());
        throw CliException.failed("no dump of process " + pid + ": " + reason, null);
      }
      return answer;
    } finally {
      machine.detach();
    }
  }

  /**
   * {@code com.sun.tools.attach.VirtualMachine}, called by reflection: the application's loader
   * defines its module, so the agent's loader does not see it, and a small runtime may lack it.
   */
  private record Machine(Class<?> type, Object machine, long pid) {
    static Machine attach(long pid) throws CliException {
      try {
        Class<?> type =
            Class.forName(
                "com.sun.tools.attach.VirtualMachine", true, ClassLoader.getSystemClassLoader());
        Object machine = type.getMethod("attach", String.class).invoke(null, Long.toString(pid));
        return new Machine(type, machine, pid);
      } catch (InvocationTargetException e) {
        throw failed(pid, e.getCause());
      } catch (ReflectiveOperationException e) {
        throw CliException.failed("this Java runtime lacks the module jdk.attach; use a JDK", e);
      }
    }

    private static CliException failed(long pid, Throwable cause) {
      return CliException.failed(
          "cannot attach to process "
              + pid
              + ": "
              + cause.getMessage()
              + "; is it a JVM of the same user?",
          cause);
    }

    String property(String name) throws CliException {
      return ((Properties) call("getSystemProperties")).getProperty(name);
    }

    void load(String jar, String argument) throws CliException {
      try {
        type.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, argument);
      } catch (InvocationTargetException e) {
        throw failed(pid, e.getCause());
      } catch (ReflectiveOperationException e) {
        throw failed(pid, e);
      }
    }

    void detach() throws CliException {
      call("detach");
    }

    private Object call(String method) throws CliException {
      try {
        return type.getMethod(method).invoke(machine);
      } catch (InvocationTargetException e) {
        throw failed(pid, e.getCause());
      } catch (ReflectiveOperationException e) {
        throw failed(pid, e);
      }
    }
  }
}
