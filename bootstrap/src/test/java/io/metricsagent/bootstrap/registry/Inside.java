package io.metricsagent.bootstrap.registry;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLongArray;

/** Reaches states of live instruments that only years of load or a rare race would bring about. */
final class Inside {
  private Inside() {}

  static HistogramCells base(Histogram histogram) {
    return (HistogramCells) get(histogram, "base");
  }

  static Histogram succeeded(ToolMetrics tool) {
    return (Histogram) get(get(tool, "outcomes"), "succeeded");
  }

  /** Sets the 32-bit count of a bucket that has been recorded into. */
  static void setCell(HistogramCells cells, int bucket, int count) {
    page(cells, bucket)[bucket % HistogramLayout.SUB_BUCKETS] = count;
  }

  static int cell(HistogramCells cells, int bucket) {
    return page(cells, bucket)[bucket % HistogramLayout.SUB_BUCKETS];
  }

  private static int[] page(HistogramCells cells, int bucket) {
    return ((int[][]) get(cells, "pages"))[bucket / HistogramLayout.SUB_BUCKETS];
  }

  /** Makes a histogram behave as after contention. */
  static void spread(Histogram histogram) {
    set(histogram, "stripes", new HistogramCells[Stripe.MAX]);
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
