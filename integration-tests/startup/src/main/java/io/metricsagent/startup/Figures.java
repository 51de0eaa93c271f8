package io.metricsagent.startup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values of one figure over the rounds. */
final class Figures {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    if (value >= 0) {
      values.add(value);
      Collections.sort(values);
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  double median() {
    int n = values.size();
    return n == 0
        ? Double.NaN
        : n % 2 == 1 ? values.get(n / 2) : (values.get(n / 2 - 1) + values.get(n / 2)) / 2;
  }

  /** Returns the median and, in brackets, the least and the greatest. */
  String text() {
    return values.isEmpty()
        ? "–"
        : String.format(
            Locale.ROOT,
            "%.0f (%.0f–%.0f)",
            median(),
            values.get(0),
            values.get(values.size() - 1));
  }
}
