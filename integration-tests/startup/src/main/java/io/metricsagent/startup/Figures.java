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
    return quantile(0.5);
  }

  /** Returns a quantile, interpolated between two values. */
  private double quantile(double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double place = share * (values.size() - 1);
    double below = values.get((int) place);
    double above = values.get((int) Math.ceil(place));
    return below + (place - Math.floor(place)) * (above - below);
  }

  /**
   * Returns the median as a factor and, in brackets, the range of the middle half of the values;
   * one value has no range.
   */
  String factor() {
    String factor = String.format(Locale.ROOT, "%.2f×", median());
    return values.size() == 1
        ? factor
        : factor + String.format(Locale.ROOT, " (%.2f–%.2f)", quantile(0.25), quantile(0.75));
  }

  /** Returns the median and, in brackets, the least and the greatest; one value has no range. */
  String text() {
    return text("%.0f");
  }

  /** Returns the same as {@link #text}, with two digits after the point. */
  String precise() {
    return text("%.2f");
  }

  private String text(String format) {
    if (values.isEmpty()) {
      return "–";
    }
    String median = String.format(Locale.ROOT, format, median());
    double greatest = values.get(values.size() - 1);
    String range = " (" + format + "–" + format + ")";
    return values.size() == 1
        ? median
        : median + String.format(Locale.ROOT, range, values.get(0), greatest);
  }
}
