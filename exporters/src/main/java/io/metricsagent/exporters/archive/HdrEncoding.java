package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Converts between {@link HistogramSnapshot} and the V2 compressed form of an HdrHistogram with one
 * significant digit and a unit of 1/1024 ms.
 *
 * <p>With one significant digit HdrHistogram cuts an octave into 16, {@link HistogramLayout} into
 * 8, on the same edges: each of our buckets is one or two neighbouring buckets there. A bucket's
 * count is recorded at its middle, so converting there and back loses no count. The HDR form has no
 * sum, minimum and maximum; the snapshot's file has them in fields of their own.
 *
 * <p>Not thread-safe: an instance reuses its buffer.
 */
final class HdrEncoding {
  private static final int SIGNIFICANT_DIGITS = 1;
  private static final long HIGHEST_UNITS = HistogramLayout.upperUnits(HistogramLayout.BUCKETS - 1);

  /** How many nanoseconds a unit of 1/1024 ms has, as a fraction in lowest terms. */
  private static final long NANOS_NUMERATOR = 15_625;

  private static final long NANOS_DENOMINATOR = 16;

  private static final long[] MIDDLES = middles();

  private final HdrPayload payload = new HdrPayload(SIGNIFICANT_DIGITS, HIGHEST_UNITS);

  private static long[] middles() {
    long[] middles = new long[HistogramLayout.BUCKETS];
    for (int i = 0; i < middles.length; i++) {
      middles[i] = (HistogramLayout.lowerUnits(i) + HistogramLayout.upperUnits(i)) / 2;
    }
    return middles;
  }

  /** Returns the payload in base64, in ASCII. */
  byte[] encode(HistogramSnapshot snapshot) {
    payload.begin();
    for (int i = snapshot.firstBucket(); i < snapshot.endBucket(); i++) {
      long count = snapshot.bucketCount(i);
      if (count > 0) {
        payload.add(MIDDLES[i], count);
      }
    }
    return payload.end();
  }

  /**
   * Returns the snapshot of a payload.
   *
   * @param minNanos the smallest value; corrected to lie in the lowest bucket in use
   * @param maxNanos the largest value; corrected to lie in the highest bucket in use
   * @throws IllegalArgumentException if {@code base64} is no such payload
   */
  static HistogramSnapshot decode(String base64, long sumNanos, long minNanos, long maxNanos) {
    ByteBuffer payload = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    Histogram decoded;
    try {
      decoded = Histogram.decodeFromCompressedByteBuffer(payload, 0);
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not a compressed HdrHistogram: " + e.getMessage(), e);
    }
    long[] counts = new long[HistogramLayout.BUCKETS];
    for (HistogramIterationValue value : decoded.recordedValues()) {
      long units = decoded.lowestEquivalentValue(value.getValueIteratedTo());
      counts[bucketOfUnits(units)] += value.getCountAtValueIteratedTo();
    }
    return HistogramSnapshot.of(counts, sumNanos, minNanos, maxNanos);
  }

  /** Returns the bucket of a unit, by the smallest number of nanoseconds in that unit. */
  private static int bucketOfUnits(long units) {
    long roundedUp = (units * NANOS_NUMERATOR + NANOS_DENOMINATOR - 1) / NANOS_DENOMINATOR;
    return HistogramLayout.index(roundedUp + 1);
  }
}
