package io.metricsagent.exporters.otlp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event to send as a log record, without classes of the SDK. Immutable, if the lists and maps
 * within its values are.
 *
 * @param name the event name, such as {@code session.end}
 * @param epochNanos when it happened, in nanoseconds since 1970
 * @param warning whether its severity is WARN; else it is INFO
 * @param traceId 32 hexadecimal digits, or {@code null} if no span is known
 * @param spanId 16 hexadecimal digits, or {@code null} if no span is known
 * @param attributes by their names; a value is a {@link String}, {@link Boolean}, {@link Long},
 *     {@link Double}, or a {@link List} or {@link Map} of such values
 * @param body of the same types, or {@code null} for none
 */
public record LogEvent(
    String name,
    long epochNanos,
    boolean warning,
    String traceId,
    String spanId,
    Map<String, Object> attributes,
    Object body) {
  /** What a record takes besides its texts, with an upper bound for the fields of fixed size. */
  private static final int FIXED_BYTES = 200;

  private static final int BYTES_OF_VALUE = 16;

  /** Copies the attributes. */
  public LogEvent {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /**
   * Returns this event with further attributes.
   *
   * @param first come before those of this event
   */
  public LogEvent with(Map<String, Object> first) {
    Map<String, Object> all = new LinkedHashMap<>(first);
    all.putAll(attributes);
    return new LogEvent(name, epochNanos, warning, traceId, spanId, all, body);
  }

  /** Returns about how many bytes the record takes on the wire, or somewhat more. */
  public int estimatedBytes() {
    long bytes = FIXED_BYTES + bytes(name) + bytes(attributes) + bytes(body);
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static long bytes(Object value) {
    long bytes = BYTES_OF_VALUE;
    if (value instanceof String text) {
      bytes += text.length() + text.chars().filter(c -> c > 0x7f).count() * 2;
    } else if (value instanceof List<?> items) {
      for (Object item : items) {
        bytes += bytes(item);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += bytes(entry.getKey()) + bytes(entry.getValue());
      }
    }
    return bytes;
  }
}
