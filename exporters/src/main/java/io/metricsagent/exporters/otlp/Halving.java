package io.metricsagent.exporters.otlp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the records of a batch that the receiver does not take: a part that is refused is sent in
 * two halves, down to single records. One such record in a batch of 512 takes 18 more requests. The
 * order of the records stays. Used by one thread.
 */
final class Halving {
  /** How many parts of one batch are halved at most; a further one that is refused is dropped. */
  static final int MAX_SPLITS = 64;

  private static final int MAX_NAMES = 3;
  private static final int MAX_NAME_LENGTH = 80;

  private final int size;
  private final Deque<List<LogEvent>> parts = new ArrayDeque<>();
  private final List<LogEvent> dropped = new ArrayList<>();
  private final int maxSplits;
  private int splits;
  private int taken;
  private ExportException reason;

  /**
   * Makes an object for a batch, which is not empty.
   *
   * @param maxSplits how many parts may be halved
   */
  Halving(List<LogEvent> batch, int maxSplits) {
    size = batch.size();
    parts.add(batch);
    this.maxSplits = maxSplits;
  }

  /** Returns what the next request has, or {@code null} if each record is taken or dropped. */
  List<LogEvent> next() {
    return parts.peekFirst();
  }

  /** The receiver has taken the next part. */
  void nextIsTaken() {
    taken += parts.removeFirst().size();
  }

  /**
   * The receiver does not take the next part.
   *
   * @return whether it is dropped; else its halves come next
   */
  boolean nextIsRefused(ExportException why) {
    List<LogEvent> part = parts.removeFirst();
    int middle = part.size() / 2;
    if (why.isInvalid() && middle > 0 && splits < maxSplits) {
      splits++;
      parts.addFirst(part.subList(middle, part.size()));
      parts.addFirst(part.subList(0, middle));
      return false;
    }
    dropped.addAll(part);
    reason = reason == null ? why : reason;
    return true;
  }

  /** Returns how many parts were halved. */
  int splits() {
    return splits;
  }

  /** Returns how many records the receiver has taken. */
  int taken() {
    return taken;
  }

  /** Returns whether the receiver refuses every record. */
  boolean isDroppedWhole() {
    return dropped.size() == size;
  }

  /** Returns why records are dropped, or {@code null} if none are. */
  ExportException reason() {
    return reason;
  }

  /** Returns what is dropped, in words for the user. */
  String describe() {
    Set<String> names = new LinkedHashSet<>();
    for (LogEvent event : dropped) {
      String name = event.name();
      names.add(name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name);
    }
    List<String> shown = new ArrayList<>(names).subList(0, Math.min(MAX_NAMES, names.size()));
    String number = dropped.size() + " of " + size + " log records";
    return (size == 1 ? "the log record" : number)
        + (dropped.size() == 1 ? " is" : " are")
        + " dropped ("
        + String.join(", ", shown)
        + (names.size() > MAX_NAMES ? ", ...)" : ")")
        + (isDroppedWhole()
            ? "; check otel.exporter.otlp.endpoint and otel.exporter.otlp.protocol"
            : ", the others are sent");
  }
}
