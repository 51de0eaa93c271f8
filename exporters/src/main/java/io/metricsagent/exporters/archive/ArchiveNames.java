package io.metricsagent.exporters.archive;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of archived snapshots: {@code 2024-01-15T10:30:00Z_worker-1.json}, of interval logs:
 * {@code 2024-01-15T10:29:00Z_worker-1.hlog}, and of the temporary files to which snapshots are
 * written first: {@code .2024-01-15T10:30:00Z_worker-1.json.<pid>.tmp}.
 *
 * <p>Only files with such names are ever deleted. The only state is the platform's separator.
 */
record ArchiveNames(char timeSeparator) {
  private static final String START = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d[:-]\\d\\d[:-]\\d\\dZ)_([^/]+)";
  private static final String STAMP = START + "\\.json";
  private static final Pattern SNAPSHOT = Pattern.compile(STAMP);
  private static final Pattern INTERVAL_LOG = Pattern.compile(START + "\\.hlog");
  private static final Pattern TEMPORARY = Pattern.compile("\\." + STAMP + "\\.(\\d{1,18})\\.tmp");

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

  /**
   * File systems allow names of 255 bytes; time, suffixes and the additions of the temporary name
   * need some of them.
   */
  private static final int MAX_WORKER_LENGTH = 150;

  /** Returns the names for this platform; Windows allows no colon in them. */
  static ArchiveNames ofPlatform() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return new ArchiveNames(windows ? '-' : ':');
  }

  /**
   * Returns a snapshot's file name.
   *
   * @param copy 1 for the plain name, 2 for the name with {@code -2}, and so on
   */
  String snapshot(Instant capturedAt, String worker, int copy) {
    return name(capturedAt, worker, copy) + ".json";
  }

  /**
   * Returns the file name of a run's interval log.
   *
   * @param copy as for a snapshot
   */
  String intervalLog(Instant startedAt, String worker, int copy) {
    return name(startedAt, worker, copy) + ".hlog";
  }

  private String name(Instant instant, String worker, int copy) {
    String time =
        FORMAT
            .format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
            .replace(':', timeSeparator);
    return time + "_" + safe(worker) + (copy == 1 ? "" : "-" + copy);
  }

  /** Returns the name under which this process writes a snapshot before it is moved. */
  static String temporary(String snapshot, long pid) {
    return "." + snapshot + "." + pid + ".tmp";
  }

  /**
   * Replaces all characters but ASCII letters, digits and {@code . _ -}: others may be separators,
   * or cannot be encoded if the JVM runs in the C locale.
   */
  private static String safe(String worker) {
    if (worker == null || worker.isEmpty()) {
      return "unknown";
    }
    String clean = worker.replaceAll("[^A-Za-z0-9._-]", "_");
    return clean.length() <= MAX_WORKER_LENGTH ? clean : clean.substring(0, MAX_WORKER_LENGTH);
  }

  /**
   * The information in a file's name.
   *
   * @param time when a snapshot was captured, or when the run of a log began
   * @param worker the worker, as it is spelled in file names, with the number of the copy
   */
  record Parsed(Instant time, String worker) {}

  /** Returns the information in a snapshot's name, or {@code null} if the file is no snapshot. */
  static Parsed snapshot(Path file) {
    return parsed(SNAPSHOT.matcher(file.getFileName().toString()));
  }

  /**
   * Returns the information in an interval log's name, or {@code null} if the file is no interval
   * log.
   */
  static Parsed intervalLog(Path file) {
    return parsed(INTERVAL_LOG.matcher(file.getFileName().toString()));
  }

  private static Parsed parsed(Matcher matcher) {
    if (!matcher.matches()) {
      return null;
    }
    String time = matcher.group(1);
    try {
      return new Parsed(
          LocalDateTime.parse(time.substring(0, 11) + time.substring(11).replace('-', ':'), FORMAT)
              .toInstant(ZoneOffset.UTC),
          matcher.group(2));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns whether a file is an interval log. */
  static boolean isIntervalLog(Path file) {
    return INTERVAL_LOG.matcher(file.getFileName().toString()).matches();
  }

  /**
   * Returns the id of the process that wrote a temporary file, or -1 if the file is not temporary.
   */
  static long writer(Path file) {
    Matcher matcher = TEMPORARY.matcher(file.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(3)) : -1;
  }
}
