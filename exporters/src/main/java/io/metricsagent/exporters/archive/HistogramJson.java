package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.Text;
import tools.jackson.core.io.NumberOutput;

/**
 * Writes a histogram as JSON, on one line. It does so by hand, for speed: large snapshots have
 * thousands of histograms. Used by one thread.
 */
final class HistogramJson {
  /** Below this a {@code double} holds nanoseconds exactly. */
  private static final long EXACT_NANOS = 1L << 53;

  private final Text text = new Text();
  private final HdrEncoding hdr = new HdrEncoding();

  /** Returns the object in ASCII. */
  byte[] write(HistogramSnapshot histogram) {
    String before = "{ \"bucket_counts\" : [ ";
    for (long count : histogram.specBucketCounts()) {
      text.ascii(before).number(count);
      before = ", ";
    }
    text.ascii(" ], \"total_count\" : ").number(histogram.count());
    millis("total_sum", histogram.sumNanos(), histogram.sumMillis());
    number("mean", histogram.meanMillis());
    millis("min", histogram.minNanos(), histogram.minMillis());
    millis("max", histogram.maxNanos(), histogram.maxMillis());
    number("p50", histogram.percentileMillis(0.5));
    number("p90", histogram.percentileMillis(0.9));
    number("p95", histogram.percentileMillis(0.95));
    number("p99", histogram.percentileMillis(0.99));
    number("p999", histogram.percentileMillis(0.999));
    text.ascii(", \"hdr\" : \"").bytes(hdr.encode(histogram)).ascii("\" }");
    return text.drain();
  }

  private void number(String name, Double value) {
    text.ascii(", \"").ascii(name).ascii("\" : ");
    text.ascii(value == null ? "null" : NumberOutput.toString(value, true));
  }

  /**
   * Writes nanoseconds as milliseconds with decimals, which read back as exactly {@code millis}.
   */
  private void millis(String name, long nanos, Double millis) {
    if (millis == null || nanos < 0 || nanos >= EXACT_NANOS) {
      number(name, millis);
      return;
    }
    text.ascii(", \"").ascii(name).ascii("\" : ");
    text.number(nanos / HistogramLayout.NANOS_PER_MILLI).ascii(".");
    long rest = nanos % HistogramLayout.NANOS_PER_MILLI;
    long unit = HistogramLayout.NANOS_PER_MILLI / 10;
    do {
      text.add((byte) ('0' + rest / unit));
      rest %= unit;
      unit /= 10;
    } while (rest > 0);
  }
}
