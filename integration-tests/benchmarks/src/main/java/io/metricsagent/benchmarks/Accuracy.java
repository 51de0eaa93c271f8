package io.metricsagent.benchmarks;

import io.metricsagent.benchmarks.Instruments.Instrument;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Relative errors of quantiles on log-normal samples, against the exact quantiles. */
final class Accuracy {
  private static final int SAMPLES = 100_000;
  private static final int SEEDS = 5;
  private static final double WIDE = 2.49;
  private static final double NARROW = 0.7;
  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};

  private final Map<String, double[]> wide = new LinkedHashMap<>();
  private final Map<String, double[]> narrow = new LinkedHashMap<>();

  void run() {
    measure(WIDE, wide);
    measure(NARROW, narrow);
  }

  private static void measure(double sigma, Map<String, double[]> errors) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      long[] samples = Latencies.logNormal(SAMPLES, sigma, new SplittableRandom(seed));
      long[] sorted = samples.clone();
      Arrays.sort(sorted);
      Instruments.all()
          .forEach(
              (name, library) -> {
                Instrument instrument = library.get();
                for (long nanos : samples) {
                  instrument.record("read_file", nanos);
                }
                double[] estimates = instrument.quantiles("read_file", QUANTILES);
                double[] sums = errors.computeIfAbsent(name, n -> new double[QUANTILES.length]);
                for (int i = 0; i < QUANTILES.length; i++) {
                  double exact = sorted[(int) Math.ceil(QUANTILES[i] * SAMPLES) - 1];
                  sums[i] += Math.abs(estimates[i] - exact) / exact / SEEDS;
                }
              });
    }
  }

  /** Returns the agent's largest error in percent. */
  double worst() {
    double worst = 0;
    for (Map<String, double[]> errors : List.of(wide, narrow)) {
      for (double error : errors.values().iterator().next()) {
        worst = Math.max(worst, error * 100);
      }
    }
    return worst;
  }

  void write(Report report) {
    report.heading("Accuracy: mean error in % of the exact quantile");
    report.table("instrument | wide: p50 | p90 | p99 | p99.9 | narrow: p50 | p90 | p99 | p99.9");
    wide.forEach((name, errors) -> report.row(name + percent(errors) + percent(narrow.get(name))));
    report.text(
        String.format(
            Locale.ROOT,
            "%,d log-normal samples with a median of 20 ms, %d seeds; wide is sigma %s, narrow"
                + " sigma %s. Buckets of the other libraries are interpolated linearly.",
            SAMPLES,
            SEEDS,
            WIDE,
            NARROW));
  }

  private static String percent(double[] errors) {
    StringBuilder text = new StringBuilder();
    for (double error : errors) {
      text.append(String.format(Locale.ROOT, " | %.2f", error * 100));
    }
    return text.toString();
  }
}
