package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import io.metricsagent.exporters.SnapshotDelta;
import io.metricsagent.exporters.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes the latencies of a run in HdrHistogram's log format (version 1.3), one file a run. Each
 * flush appends a line for each series that has recorded anything since the last flush.
 * HdrHistogram's tools can read the file.
 *
 * <p>Values are nanoseconds with two significant digits; the column of the maximum is milliseconds.
 * A series is identified by a tag: {@code adapter.call_latency;adapter=openai;model=gpt-4o-mini}.
 * After {@value #MAX_BYTES} bytes a new file is begun. Used by one thread.
 */
final class IntervalLog {
  static final long MAX_BYTES = 16L * 1024 * 1024;

  /** The characters that would end a column, a line or a part of the tag. */
  private static final Pattern FORBIDDEN = Pattern.compile("[,;\\s\\p{Cntrl}]");

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long HIGHEST_NANOS =
      (long) HistogramLayout.upperNanos(HistogramLayout.BUCKETS - 1);

  /** The first line. A file that begins otherwise is not ours. */
  private static final String TITLE =
      "[metrics-agent: latencies in nanoseconds, maxima in milliseconds]";

  private static final byte[] FIRST_LINE = ("#" + TITLE + "\n").getBytes(StandardCharsets.US_ASCII);

  private final ArchiveFolder folder;
  private final ArchiveNames names;
  private final long maxBytes;
  private final HdrPayload payload = new HdrPayload(SIGNIFICANT_DIGITS, HIGHEST_NANOS);
  private Path file;
  private MetricsSnapshot logged;

  IntervalLog(ArchiveFolder folder, ArchiveNames names, long maxBytes) {
    this.folder = folder;
    this.names = names;
    this.maxBytes = maxBytes;
  }

  /** Returns the file that is appended to, or {@code null} before the first line. */
  Path file() {
    return file;
  }

  /**
   * Appends what was recorded since the last call. If that fails, the next interval includes it.
   */
  void append(MetricsSnapshot snapshot) throws IOException {
    MetricsSnapshot delta = SnapshotDelta.since(snapshot, logged);
    Lines lines = new Lines(delta);
    delta.series().forEach(lines::series);
    if (lines.text.size() > 0) {
      boolean begun = file != null && folder.isOwnFile(file) && Files.size(file) < maxBytes;
      if (!begun) {
        begin(snapshot);
      }
      write(lines.text);
    }
    logged = snapshot;
  }

  /** Appends all lines or, if that fails, none. */
  private void write(Text lines) throws IOException {
    try (FileChannel log = open(file)) {
      if (!isOurs(log)) {
        Path other = file;
        file = null; // the next flush begins another file
        throw new IOException(other + " is not the log that this process has begun");
      }
      tryLock(log);
      long before = log.size();
      try {
        lines.drainTo(Channels.newOutputStream(log.position(before)));
      } catch (IOException e) {
        log.truncate(before);
        throw e;
      }
    }
  }

  /**
   * Removes an incomplete last line, which a killed process has left. A log that another process is
   * using, or that does not begin like ours, is not changed.
   */
  static void removeTornLine(Path log) throws IOException {
    try (FileChannel channel = open(log)) {
      if (isOurs(channel) && tryLock(channel)) {
        channel.truncate(endOfLines(channel));
      }
    }
  }

  private static FileChannel open(Path log) throws IOException {
    return FileChannel.open(
        log, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns whether the open file, which may have been renamed or replaced, begins like our logs.
   */
  private static boolean isOurs(FileChannel log) throws IOException {
    ByteBuffer begin = ByteBuffer.allocate(FIRST_LINE.length);
    while (begin.hasRemaining() && log.read(begin, begin.position()) > 0) {
      // A read may return fewer bytes than the file has.
    }
    return Arrays.equals(begin.array(), FIRST_LINE);
  }

  /** Locks a log until it is closed or its process ends. */
  private static boolean tryLock(FileChannel log) {
    try {
      return log.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static long endOfLines(FileChannel log) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(8192);
    for (long end = log.size(); end > 0; end -= block.limit()) {
      block.clear().limit((int) Math.min(block.capacity(), end));
      int read = log.read(block, end - block.limit());
      for (int i = read - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return end - block.limit() + i + 1;
        }
      }
    }
    return 0;
  }

  /**
   * Makes a new file, with a name of its own even if other processes do the same at this moment.
   */
  private void begin(MetricsSnapshot snapshot) throws IOException {
    byte[] header = header(snapshot);
    file = null;
    for (int copy = 1; file == null; copy++) {
      Path next =
          folder.path().resolve(names.intervalLog(snapshot.startedAt(), snapshot.workerId(), copy));
      try (FileChannel log =
          FileChannel.open(next, NEW_FILE, ArchiveFolder.mode(next, "rw-------"))) {
        tryLock(log);
        writeHeader(log, header, next);
        file = next;
      } catch (FileAlreadyExistsException e) {
        continue; // the next name
      }
    }
  }

  private static void writeHeader(FileChannel log, byte[] header, Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(header);
      while (bytes.hasRemaining()) {
        log.write(bytes);
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static byte[] header(MetricsSnapshot snapshot) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    HistogramLogWriter log = new HistogramLogWriter(header);
    log.outputComment(TITLE);
    log.outputLogFormatVersion();
    log.outputStartTime(snapshot.startedAt().toEpochMilli());
    log.outputLegend();
    log.close();
    return header.toByteArray();
  }

  /** The lines of one interval. */
  private final class Lines {
    private final Text text = new Text();
    private final String interval;

    Lines(MetricsSnapshot delta) {
      double start = seconds(delta.startedAt());
      // After a clock stepped back, an interval must not end before it starts.
      double length = Math.max(0, seconds(delta.capturedAt()) - start);
      interval = String.format(Locale.ROOT, ",%.3f,%.3f,", start, length);
    }

    private static double seconds(Instant time) {
      return time.toEpochMilli() / 1000.0;
    }

    void series(SeriesSnapshot series) {
      String tags = tags(series);
      for (Measure measure : series.kind().measures()) {
        if (measure.type().isTime()) {
          line(measure.name() + tags, series.histogram(measure));
        }
      }
    }

    private static String tags(SeriesSnapshot series) {
      StringBuilder tags = new StringBuilder();
      List<Label> labels = series.kind().labels();
      for (int i = 0; i < labels.size(); i++) {
        String value = series.label(i);
        if (labels.get(i).name() != null && value != null) {
          String clean = FORBIDDEN.matcher(value).replaceAll("_");
          tags.append(';').append(labels.get(i).name()).append('=').append(clean);
        }
      }
      return tags.toString();
    }

    private void line(String tag, HistogramSnapshot latency) {
      if (latency.isEmpty()) {
        return;
      }
      payload.begin();
      for (int i = latency.firstBucket(); i < latency.endBucket(); i++) {
        if (latency.bucketCount(i) > 0) {
          payload.add(representative(latency, i), latency.bucketCount(i));
        }
      }
      byte[] encoded = payload.end();
      text.ascii("Tag=").bytes(tag.getBytes(StandardCharsets.UTF_8)).ascii(interval);
      text.thousandths((payload.highestEquivalent() + 500) / 1000).ascii(",");
      text.bytes(encoded).ascii("\n");
    }

    /**
     * Returns the middle of a bucket, but not less than the smallest or more than the largest
     * value.
     */
    private static long representative(HistogramSnapshot latency, int bucket) {
      double middle = (HistogramLayout.lowerNanos(bucket) + HistogramLayout.upperNanos(bucket)) / 2;
      long held = Math.max(latency.minNanos(), Math.min(latency.maxNanos(), Math.round(middle)));
      return Math.min(HIGHEST_NANOS, held);
    }
  }
}
