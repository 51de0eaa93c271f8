package io.metricsagent.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Starts three applications with and without agents, interleaved, and writes one table.
 *
 * <p>Arguments: this module's directory, the agent's jar, the stub server's jar, the OpenTelemetry
 * agent's jar and version, the number of rounds, the file with the marks for the tables, and what
 * to measure: {@code starts}, {@code load}, {@code all} for these two, {@code first}, {@code
 * warmup}, or {@code queues}.
 *
 * <p>Each round starts every variant once, in a rotating order, so that other load of the machine
 * affects all variants alike. Only figures of the same run can be compared.
 */
public final class StartupBenchmark {
  /** OpenTelemetry's agent gets fewer rounds: it takes longest and is only a comparison. */
  private static final int MAX_OTEL_ROUNDS = 2;

  /**
   * The Spring application gets fewer rounds, since it takes longest; the system property raises
   * the number.
   */
  private static final int MAX_SPRING_ROUNDS = Integer.getInteger("startup.spring.rounds", 3);

  private static final int WARM_UP_LAUNCHES = Integer.getInteger("startup.warmup.launches", 8);
  private static final int WARM_UP_SECONDS = Integer.getInteger("startup.warmup.seconds", 20);

  private static final List<String> STUB_CORE = List.of("taskset", "-c", "1");

  private StartupBenchmark() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Path module = Path.of(args[0]).toAbsolutePath().normalize();
    int rounds = Integer.parseInt(args[5]);
    Path work = Files.createDirectories(module.resolve("target/runs"));
    Jars jars = new Jars(absolute(args[1]), EmptyAgent.jar(work), absolute(args[3]), args[4]);
    List<Jdk> jdks = Jdk.installed();
    Path page = absolute(args[6]);
    String mode = args[7];
    if (mode.equals("queues")) {
      measureThroughput(new Brokers(module, work), new Throughput(jars, work), jdks, page);
      return;
    }
    Process stub = startStub(absolute(args[2]));
    try {
      String port = stub.inputReader().readLine();
      List<App> apps = App.all(module, "http://127.0.0.1:" + port + "/v1");
      if (mode.equals("first")) {
        FirstAnswers.measure(apps.subList(0, 2), jdks, jars, work, rounds, page);
        return;
      }
      if (mode.equals("warmup")) {
        measureWarmUp(apps.get(1), jdks, jars, work, page);
        return;
      }
      Report report = new Report(page, jars, rounds, MAX_SPRING_ROUNDS, MAX_OTEL_ROUNDS);
      if (!mode.equals("load")) {
        for (App app : apps.subList(0, 2)) {
          measureStarts(app, jdks, jars, work, rounds, report);
        }
        measureStarts(apps.get(2), jdks, jars, work, Math.min(rounds, MAX_SPRING_ROUNDS), report);
      }
      if (!mode.equals("starts")) {
        for (Jdk jdk : jdks) {
          report.load(jdk, SteadyState.measure(apps.get(1), jdk, jars, work));
        }
      }
      System.out.println(report);
    } finally {
      stub.destroy();
    }
  }

  private static void measureWarmUp(App app, List<Jdk> jdks, Jars jars, Path work, Path page)
      throws IOException {
    WarmUpReport report = new WarmUpReport(page, WARM_UP_LAUNCHES, WARM_UP_SECONDS);
    for (Jdk jdk : jdks) {
      report.add(jdk, WarmUp.measure(app, jdk, jars, work, WARM_UP_LAUNCHES, WARM_UP_SECONDS));
    }
    System.out.println(report);
  }

  private static void measureThroughput(
      Brokers brokers, Throughput throughput, List<Jdk> jdks, Path page) throws IOException {
    ThroughputReport report = new ThroughputReport(page.resolveSibling("benchmarks.md"));
    Brokers.Measurement measurement =
        queue -> {
          for (Jdk jdk : jdks) {
            report.add(queue, jdk, throughput.measure(queue, jdk));
          }
        };
    brokers.kafka(measurement);
    brokers.rabbitMq(measurement);
    System.out.println(report);
  }

  private static void measureStarts(
      App app, List<Jdk> jdks, Jars jars, Path work, int rounds, Report report) throws IOException {
    for (Jdk jdk : jdks) {
      report.start(app, jdk, starts(app, jdk, jars, work, rounds));
    }
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static Process startStub(Path jar) throws IOException {
    List<String> command = new ArrayList<>(STUB_CORE);
    command.addAll(
        List.of(Jdk.installed().get(0).tool("java"), "-jar", jar.toString(), "--port", "0"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static Map<Variant, Starts> starts(App app, Jdk jdk, Jars jars, Path work, int rounds)
      throws IOException {
    Map<Variant, Starts> all = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.on(jdk)) {
      try {
        all.put(variant, prepare(app, jdk, variant, jars, work));
      } catch (IOException e) {
        if (!variant.isTrained()) {
          throw e;
        }
        System.out.println(variant.title() + " does not start: " + e.getMessage());
      }
    }
    // One start that does not count fills the page cache.
    run(app, jdk, Variant.NONE, jars, work);
    run(app, jdk, Variant.WARM, jars, work);
    List<Variant> variants = List.copyOf(all.keySet());
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < variants.size(); i++) {
        // The order alternates, so that no variant always follows the same other one.
        int turn = round % 2 == 0 ? i : variants.size() - 1 - i;
        Variant variant = variants.get((turn + round) % variants.size());
        if (variant.agent() == Agent.OTEL && round >= MAX_OTEL_ROUNDS) {
          continue;
        }
        Sample sample = run(app, jdk, variant, jars, work);
        all.get(variant).add(sample);
        System.out.printf(
            "%s, JDK %d, %s: ready %.0f ms, answer %.0f ms, CPU %.0f ms, %.0f MB%n",
            app.name(),
            jdk.feature(),
            variant.title(),
            sample.readyMillis(),
            sample.answerMillis(),
            sample.cpuMillis(),
            sample.peakMegabytes());
      }
    }
    return all;
  }

  /** Has the archive of a variant written, and sees which classes the JVM takes from it. */
  private static Starts prepare(App app, Jdk jdk, Variant variant, Jars jars, Path work)
      throws IOException {
    if (variant.isTrained()) {
      train(app, jdk, variant, jars, work);
    }
    Starts starts = new Starts();
    starts.log = log(app, jdk, variant, jars, work, starts);
    return starts;
  }

  /**
   * Runs the application once, so that the JVM writes the archive of the variant, or copies the
   * archive of a variant that has the same.
   */
  private static void train(App app, Jdk jdk, Variant variant, Jars jars, Path work)
      throws IOException {
    Path directory = variant.directory(work, jdk, app);
    Path written = Variant.file(Variant.CDS_NONE.directory(work, jdk, app));
    if (variant.sharesArchive() && variant != Variant.CDS_NONE) {
      Files.copy(written, Variant.file(directory), StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    List<String> options = variant.training(jars, directory);
    try (RunningApp running = RunningApp.start(jdk, app, options, directory, List.of())) {
      running.end();
    }
  }

  /**
   * Starts the application once to see which classes the JVM takes from an archive, and how many
   * classes and threads it has: to ask it for them takes longer than many a start.
   */
  private static ClassLog log(
      App app, Jdk jdk, Variant variant, Jars jars, Path work, Starts starts) throws IOException {
    Path directory = variant.directory(work, jdk, app);
    Path log = directory.resolve("classes.log");
    List<String> options = new ArrayList<>(variant.options(jdk, jars, directory));
    options.add("-Xlog:class+load:file=" + log + "::filecount=0");
    try (RunningApp running = RunningApp.start(jdk, app, options, directory, List.of())) {
      starts.addAsked(running.sample(true));
      running.end();
    }
    return ClassLog.of(Files.readAllLines(log));
  }

  private static Sample run(App app, Jdk jdk, Variant variant, Jars jars, Path work)
      throws IOException {
    Path directory = variant.directory(work, jdk, app);
    try (RunningApp running = RunningApp.start(jdk, app, variant, jars, directory, List.of())) {
      return running.sample(false);
    }
  }
}
