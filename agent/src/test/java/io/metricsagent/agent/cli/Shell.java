package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs commands as a user would, and keeps what comes out. */
final class Shell {
  final Properties properties = new Properties();
  final Map<String, String> environment = new HashMap<>(Map.of("HOSTNAME", "host-1"));

  /** What a sink of this name answers; completed with success where nothing is put. */
  final Map<String, CompletionStage<?>> answers = new HashMap<>();

  final List<MetricsSnapshot> exported = new ArrayList<>();
  final List<String> closed = new ArrayList<>();

  /** Sinks that cannot be made. */
  final Set<String> unmade = new HashSet<>();

  /** The files that were added up last. */
  final List<String> merged = new ArrayList<>();

  /** Adds snapshots up. */
  Function<Map<String, byte[]>, byte[]> merger =
      files -> (files.size() + " files\n").getBytes(StandardCharsets.UTF_8);

  /** How long the commands waited. */
  final List<Duration> slept = new ArrayList<>();

  /** Whether standard output is a terminal. */
  boolean terminal;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return MetricsAgentCli.run(args, wiring(), new PrintWriter(out), new PrintWriter(err));
  }

  /** Runs a command that goes on, and tells what it prints to standard output at once. */
  int run(Consumer<String> told, String... args) {
    Writer teller =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) {
            told.accept(new String(text, offset, length));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    return MetricsAgentCli.run(args, wiring(), new PrintWriter(teller), new PrintWriter(err));
  }

  /** Returns the wiring of this shell. */
  Wiring wiring() {
    return new Wiring(
        "1.2.3",
        config ->
            config.exporters().stream()
                .filter(name -> !unmade.contains(name))
                .map(this::sink)
                .toList(),
        (snapshot, stream) ->
            stream.write(
                ("{\"tools\": " + snapshot.tools().size() + "}").getBytes(StandardCharsets.UTF_8)),
        files -> {
          merged.clear();
          merged.addAll(files.keySet());
          return merger.apply(files);
        },
        properties,
        environment,
        () -> terminal,
        slept::add);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  MetricsSink sink(String name) {
    return new MetricsSink() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public CompletionStage<?> export(MetricsSnapshot snapshot) {
        exported.add(snapshot);
        return answers.getOrDefault(name, CompletableFuture.completedFuture(null));
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }
}
