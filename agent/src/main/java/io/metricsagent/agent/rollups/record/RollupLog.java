package io.metricsagent.agent.rollups.record;

import io.metricsagent.agent.files.LineFile;
import io.metricsagent.agent.files.OwnerFiles;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupJson;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends rollups to files that are named after their day: {@code 2024-01-15_worker-1.jsonl}.
 *
 * <p>Lines are appended, and not files rewritten, because a line holds only what is new: a process
 * that is killed loses what it has not appended yet, and a write costs the same at the end of a day
 * as at its beginning. All new lines of a day are one write. If it fails, the file gets its former
 * length back, so no figure counts twice when it is written again. That is safe because each
 * process has files of its own: it takes the next free name ({@code -2}, {@code -3}). Only a file
 * that was moved away and begun anew by another process may get lines of both ({@link LineFile}).
 *
 * <p>Used by one thread.
 */
final class RollupLog {
  private static final int DAY = 24;
  private static final int DATE_LENGTH = "2024-01-15".length();
  private static final int MAX_NAME = 100;
  private static final int MAX_COPIES = 10_000;

  private final File folder;
  private final String worker;
  private final Retention retention;
  private final Map<Long, File> files = new HashMap<>();

  /** Deletes old files of the folder. */
  interface Retention {
    /**
     * Deletes what is too old or too many.
     *
     * @param made the file just made, which stays
     */
    void apply(File made);
  }

  /**
   * Touches no file.
   *
   * @param retention is applied whenever a file is made, which each process does once a day
   */
  RollupLog(File folder, String worker, Retention retention) {
    this.folder = folder.getAbsoluteFile();
    this.worker = nameOf(worker);
    this.retention = retention;
  }

  /** Returns the worker with an underscore for each character that a file's name may not have. */
  private static String nameOf(String worker) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < worker.length() && i < MAX_NAME; i++) {
      char c = worker.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
      name.append(plain || c == '.' && i > 0 ? c : '_');
    }
    return name.toString();
  }

  /**
   * Appends rollups and removes those that are on disk.
   *
   * @throws IOException if a file cannot be written; the rollups of other days may be removed
   */
  void append(Rollups rollups) throws IOException {
    TreeMap<Long, Rollups> days = new TreeMap<>();
    for (Map.Entry<RollupKey, Rollup> cell : rollups.cells().entrySet()) {
      long day = Math.floorDiv(cell.getKey().hour(), (long) DAY);
      Rollups ofDay = days.get(day);
      if (ofDay == null) {
        ofDay = new Rollups();
        days.put(day, ofDay);
      }
      ofDay.at(cell.getKey()).addAll(cell.getValue());
    }
    for (Map.Entry<Long, Rollups> day : days.entrySet()) {
      append(day.getKey(), RollupJson.lines(day.getValue()).getBytes(StandardCharsets.US_ASCII));
      rollups.removeAll(day.getValue());
    }
  }

  private void append(long day, byte[] lines) throws IOException {
    File file = files.get(day);
    if (file == null || !file.isFile()) {
      file = create(RollupJson.hour(day * DAY).substring(0, DATE_LENGTH));
      files.put(day, file);
    }
    long before = file.length();
    try {
      LineFile.append(file, lines);
    } catch (IOException e) {
      files.remove(day); // if the length cannot be changed, another file is begun
      try (RandomAccessFile cut = new RandomAccessFile(file, "rw")) {
        cut.setLength(before);
      }
      files.put(day, file);
      throw e;
    }
  }

  private File create(String date) throws IOException {
    for (int copy = 1; copy < MAX_COPIES; copy++) {
      String suffix = copy == 1 ? "" : "-" + copy;
      File file = new File(folder, date + "_" + worker + suffix + ".jsonl");
      if (OwnerFiles.make(file)) {
        retention.apply(file);
        return file;
      }
    }
    throw new IOException("there are " + MAX_COPIES + " files of " + date + "; remove some");
  }
}
