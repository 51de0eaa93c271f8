package io.metricsagent.benchmarks;

import io.metricsagent.benchmarks.Instruments.Instrument;
import io.metricsagent.bootstrap.registry.Registry;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.openjdk.jol.info.GraphLayout;

/** Measures bytes on the heap with JOL. */
final class Memory {
  private static final int ADAPTERS = 5;
  private static final int TOOLS = 20;
  private static final int QUEUES = 3;
  private static final int RECORDINGS = 100_000;
  private static final int SERIES = 10;

  private final SplittableRandom random = new SplittableRandom(1);
  private final LongSupplier around20Millis =
      () -> (long) (20e6 * Math.exp(0.7 * random.nextGaussian()));
  private final LongSupplier sixDecades =
      () -> (long) (20e6 * Math.pow(10, -3 + 6 * random.nextDouble()));

  private long atRest;
  private long narrow;
  private long wide;
  private long narrowTotalsOnly;
  private long wideTotalsOnly;

  static {
    System.setProperty("jol.magicFieldOffset", "true"); // needed by JOL for records
  }

  void run() {
    atRest = worker(around20Millis, 0, true);
    narrow = worker(around20Millis, RECORDINGS, true);
    wide = worker(sixDecades, RECORDINGS, true);
    narrowTotalsOnly = worker(around20Millis, RECORDINGS, false);
    wideTotalsOnly = worker(sixDecades, RECORDINGS, false);
  }

  /** Creates a typical worker's registry and returns its bytes, names included. */
  private static long worker(LongSupplier latency, int recordings, boolean phases) {
    Registry registry = Registries.empty();
    for (int i = 0; i < ADAPTERS; i++) {
      var adapter = registry.adapter("openai", "gpt-4o-mini-" + i, "chat");
      for (int n = 0; n < recordings; n++) {
        adapter.record(
            phases ? latency.getAsLong() : -1,
            phases ? latency.getAsLong() : -1,
            phases ? latency.getAsLong() : -1,
            phases ? latency.getAsLong() : -1,
            phases ? latency.getAsLong() : -1,
            latency.getAsLong(),
            phases ? n & 4095 : -1,
            phases ? n & 511 : -1,
            n & 255,
            null);
      }
    }
    for (int i = 0; i < TOOLS; i++) {
      var tool = registry.tool("read_file_" + i);
      for (int n = 0; n < recordings; n++) {
        tool.recordSuccess(latency.getAsLong());
      }
    }
    for (int i = 0; i < QUEUES; i++) {
      var mailbox = registry.mailbox("requests-" + i, "kafka");
      for (int n = 0; n < recordings; n++) {
        mailbox.recordReceived(1, latency.getAsLong());
      }
    }
    return GraphLayout.parseInstance(registry).totalSize();
  }

  long atRest() {
    return atRest;
  }

  long narrow() {
    return narrow;
  }

  long wide() {
    return wide;
  }

  void write(Report report) {
    report.heading("Memory of a typical worker's registry (bytes)");
    report.table("5 adapters, 20 tools, 3 queues | at rest | around 20 ms | over six decades");
    report.row(
        row("63 histograms: all phases, first token, tokens of each call", atRest, narrow, wide));
    report.row(
        row(
            "28 histograms: adapters whose library shows no phases and no tokens",
            atRest,
            narrowTotalsOnly,
            wideTotalsOnly));
    report.text(
        String.format(
            Locale.ROOT,
            "All series with their names and the registry itself, after %,d recordings into each of"
                + " them; at rest all series exist. Around 20 ms is log-normal with sigma 0.7, over"
                + " six decades from 20 µs to 20 s evenly on a logarithmic scale.",
            RECORDINGS));
    report.heading("Memory of one more series with one histogram (bytes)");
    report.table("instrument | after one value | around 20 ms | over six decades");
    Instruments.all()
        .forEach(
            (name, library) ->
                report.row(
                    row(
                        name,
                        series(library, around20Millis, 1),
                        series(library, around20Millis, RECORDINGS),
                        series(library, sixDecades, RECORDINGS))));
  }

  /**
   * Returns the bytes of one more series; the first series may create tables that all series share.
   */
  private static long series(Supplier<Instrument> library, LongSupplier latency, int recordings) {
    Instrument instrument = library.get();
    fill(instrument, 0, latency, recordings);
    long one = GraphLayout.parseInstance(instrument.root()).totalSize();
    for (int i = 1; i <= SERIES; i++) {
      fill(instrument, i, latency, recordings);
    }
    return (GraphLayout.parseInstance(instrument.root()).totalSize() - one) / SERIES;
  }

  private static void fill(
      Instrument instrument, int number, LongSupplier latency, int recordings) {
    String series = "read_file_" + number;
    for (int i = 0; i < recordings; i++) {
      instrument.record(series, latency.getAsLong());
    }
  }

  private static String row(String title, long... bytes) {
    StringBuilder row = new StringBuilder(title);
    for (long value : bytes) {
      row.append(String.format(Locale.ROOT, " | %,d", value));
    }
    return row.toString();
  }
}
