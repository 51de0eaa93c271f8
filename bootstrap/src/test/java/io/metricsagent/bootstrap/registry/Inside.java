package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Reaches states of live instruments that only years of load or a rare race would bring about. */
final class Inside {
  private Inside() {}

  /** Returns the cells of a series that threads have not competed for. */
  static Cells base(LiveSeries series) {
    return (Cells) get(series, "base");
  }

  /** Makes a series behave as after contention. */
  static void spread(LiveSeries series) {
    set(series, "stripes", new Cells[Stripe.MAX]);
  }

  static HistogramSnapshot read(Histogram histogram) {
    return Histogram.sum(List.of(histogram));
  }

  /** Sets the low 16 bits of the count of a bucket that has been recorded into. */
  static void setCount(Histogram histogram, int bucket, int count) {
    char[] counts = (char[]) get(histogram, "counts");
    counts[bucket - counts[0] + 1] = (char) count;
  }

  /** Sets how often the highest of the 16 bits of a bucket has changed, of one that has a carry. */
  static void setCarry(Histogram histogram, int bucket, int carry) {
    int[] carries = (int[]) get(histogram, "carries");
    carries[bucket - carries[0] + 2] = carry;
  }

  /** Makes a counter behave as after contention. */
  static void spread(Counter counter) {
    set(counter, "stripes", new AtomicLongArray(Stripe.MAX * 16));
  }

  static Object get(Object object, String field) {
    try {
      return field(object, field).get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void set(Object object, String field, Object value) {
    try {
      field(object, field).set(object, value);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Field field(Object object, String name) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new AssertionError("no field " + name + " in " + object.getClass());
  }
}
