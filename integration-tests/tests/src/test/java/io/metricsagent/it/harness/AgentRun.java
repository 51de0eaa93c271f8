package io.metricsagent.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application to run in a JVM of its own, with or without the agent, in a new working directory.
 *
 * <pre>{@code
 * FinishedRun run = AgentRun.on(jdk).withAgent().jar(Artifacts.app("plain")).run("work");
 * }</pre>
 */
public final class AgentRun {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Jdk jdk;
  private final List<String> jvm = new ArrayList<>();
  private final List<String> main = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String tool = "java";

  private AgentRun(Jdk jdk) {
    this.jdk = jdk;
  }

  /**
   * Returns a run on a Java version; if the version is not installed, the test is skipped when the
   * run starts.
   */
  public static AgentRun on(Jdk jdk) {
    return new AgentRun(jdk);
  }

  /** Adds {@code -javaagent}. */
  public AgentRun withAgent() {
    return jvm("-javaagent:" + Artifacts.agent());
  }

  /** Adds {@code -javaagent} with agent arguments. */
  public AgentRun withAgent(String arguments) {
    return jvm("-javaagent:" + Artifacts.agent() + "=" + arguments);
  }

  /** Adds a system property. */
  public AgentRun setting(String name, String value) {
    return jvm("-D" + name + "=" + value);
  }

  /** Adds arguments of the JVM. */
  public AgentRun jvm(String... arguments) {
    jvm.addAll(List.of(arguments));
    return this;
  }

  /** Sets an environment variable. */
  public AgentRun environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs a jar. */
  public AgentRun jar(Path jar) {
    main.addAll(List.of("-jar", jar.toString()));
    return this;
  }

  /** Runs a class. */
  public AgentRun mainClass(String classPath, String name) {
    main.addAll(List.of("-cp", classPath, name));
    return this;
  }

  /** Runs a tool of the JDK, such as {@code javac}. */
  public AgentRun tool(String name) {
    tool = name;
    return this;
  }

  /** Runs to the end. */
  public FinishedRun run(String... arguments) throws IOException {
    return start(arguments).await();
  }

  /** Starts; {@link RunningApp#close} makes sure that it ends. */
  public RunningApp start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.command(tool));
    command.addAll(jvm);
    command.addAll(main);
    command.addAll(List.of(arguments));
    Path directory =
        Files.createDirectories(Artifacts.runs())
            .resolve(ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
    Files.createDirectory(directory);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> inherited = builder.environment();
    inherited.keySet().removeIf(AgentRun::wouldConfigureTheAgent);
    inherited.putAll(environment);
    Path stdout = directory.resolve("stdout");
    Path stderr = directory.resolve("stderr");
    builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    return new RunningApp(builder.start(), new Traces(command, environment, directory));
  }

  private static boolean wouldConfigureTheAgent(String variable) {
    return variable.startsWith("METRICS_AGENT_")
        || variable.startsWith("OTEL_")
        || variable.equals("WORKER_ID")
        || variable.equals("WORLDFLUX_METRICS_PATH")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS");
  }
}
