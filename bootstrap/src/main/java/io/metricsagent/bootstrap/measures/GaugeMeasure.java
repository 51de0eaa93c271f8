package io.metricsagent.bootstrap.measures;

import java.util.List;

/**
 * A number that is exported as single {@linkplain io.metricsagent.bootstrap.snapshot.GaugePoint
 * points}, each with tags of its own, and never added up. Immutable.
 *
 * @param name lower case, with dots, such as {@code run.sps}
 * @param foreign whether another document defines the name and all tags, so that exporters add
 *     neither a prefix nor the tag {@code worker}
 * @param labels the keys of the tags, in the order of the document
 * @param unit of the value, as OTLP names it
 * @param help one sentence in ASCII
 */
public record GaugeMeasure(
    String name, boolean foreign, List<String> labels, String unit, String help) {

  /** Copies the list. */
  public GaugeMeasure {
    labels = List.copyOf(labels);
  }

  /** Returns a gauge of the agent, which exporters prefix as all its metrics. */
  public static GaugeMeasure own(String name, String unit, String help, String... labels) {
    return new GaugeMeasure(name, false, List.of(labels), unit, help);
  }

  /** Returns a gauge that another document names. */
  public static GaugeMeasure foreign(String name, String unit, String help, String... labels) {
    return new GaugeMeasure(name, true, List.of(labels), unit, help);
  }

  /** Returns the name over OTLP. */
  public String otlp() {
    return foreign ? name : Measure.PREFIX + "." + name;
  }

  /** Returns the name for Prometheus. */
  public String prometheus() {
    return otlp().replace('.', '_');
  }
}
