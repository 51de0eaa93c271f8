package io.metricsagent.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs an ordinary application with the agent against a stub server, and shows what the agent
 * measured.
 *
 * <p>Runs each process with the command that a user would type. The first argument is the root of
 * the project; with {@code kafka} as the second one the application is a worker that takes its
 * questions from a broker of Kafka, which runs for the time of the demo.
 */
public final class Demo {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Path root;
  private final Path directory;

  private Demo(Path root) {
    this.root = root;
    this.directory = root.resolve("integration-tests/demo/target/run");
  }

  /** See the class. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Demo demo = new Demo(Path.of(args[0]).toAbsolutePath());
    boolean isKafka = args.length > 1 && args[1].equals("kafka");
    demo.run(isKafka ? demo::runWorker : demo::runWarehouse);
  }

  /** Runs an application. */
  private interface Application {
    void run(Path agent, String baseUrl) throws IOException, InterruptedException;
  }

  private void runWarehouse(Path agent, String baseUrl) throws IOException, InterruptedException {
    Path app = existing("integration-tests/apps/langchain4j-chat/target/langchain4j-chat.jar");
    show(JAVA, "-javaagent:" + agent, "-jar", app.toString(), baseUrl);
  }

  private void runWorker(Path agent, String baseUrl) throws IOException, InterruptedException {
    Path jar = existing("integration-tests/apps/kafka-broker/target/kafka-broker.jar");
    Path app = existing("integration-tests/apps/kafka-worker/target/kafka-worker.jar");
    Process broker =
        new ProcessBuilder(JAVA, "-jar", jar.toString())
            .directory(Files.createDirectories(directory.resolve("broker")).toFile())
            .redirectError(directory.resolve("broker.log").toFile())
            .start();
    try {
      String line = firstLine(broker);
      String servers = "127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1);
      show(JAVA, "-javaagent:" + agent, "-jar", app.toString(), baseUrl, servers);
    } finally {
      stop(broker);
    }
  }

  private void run(Application application) throws IOException, InterruptedException {
    Path agent = existing("agent/target/metrics-agent.jar");
    Path server = existing("integration-tests/stub-server/target/stub-server.jar");
    clear(directory);
    Files.createDirectories(directory);

    Process stub =
        new ProcessBuilder(JAVA, "-jar", server.toString(), "--port", "0")
            .redirectError(Redirect.INHERIT)
            .start();
    try {
      application.run(agent, "http://127.0.0.1:" + firstLine(stub) + "/v1");
    } finally {
      stop(stub);
    }
    Path written = directory.resolve(".metrics-agent");
    show(JAVA, "-jar", agent.toString(), "inspect", written.toString());
  }

  /**
   * Prints a command as a user would type it in the root, then runs it and passes its output on.
   */
  private void show(String... command) throws IOException, InterruptedException {
    List<String> typed = new ArrayList<>(List.of(command));
    typed.set(0, "java");
    System.out.println();
    System.out.println("$ " + String.join(" ", typed).replace(root + "/", ""));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader output = reader(process)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        System.out.println(line);
      }
    }
    System.out.flush();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("exit code " + exitCode + " of " + String.join(" ", command));
    }
  }

  private Path existing(String file) {
    Path path = root.resolve(file);
    if (!Files.exists(path)) {
      throw new IllegalStateException(
          path + " does not exist; in " + root + " run: mvn -q -Pdemo package");
    }
    return path;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private static String firstLine(Process process) throws IOException {
    String line = reader(process).readLine();
    if (line == null) {
      String command = process.info().commandLine().orElse("the process");
      throw new IllegalStateException(command + " did not start");
    }
    return line;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Removes the files of an earlier demo. */
  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
