package io.metricsagent.bootstrap.measures;

/**
 * A label that tells one series of a kind from another, by its name at each receiver. Immutable.
 *
 * @param json the field in JSON
 * @param name the tag of StatsD and of the interval log and the label of Prometheus; {@code null}
 *     where the names of the measures say it already
 * @param otlp the attribute over OTLP, or {@code null} as for {@code name}
 * @param header of the column of {@code inspect}
 * @param statsd which lines of StatsD have the tag
 * @param optional whether {@code inspect} leaves the column out when no series has the label
 * @param unknown what {@code inspect} prints where the label is missing, or {@code null}
 * @param implied a second attribute over OTLP that each series with this label has, or {@code null}
 */
public record Label(
    String json,
    String name,
    String otlp,
    String header,
    StatsdTag statsd,
    boolean optional,
    String unknown,
    Attribute implied) {

  /** Which lines of StatsD have a label as their tag. */
  public enum StatsdTag {
    /** All lines. */
    ALWAYS,
    /** Lines of gauges: counters and timings of several series add up at the server, gauges not. */
    ON_GAUGES,
    /** All lines where the series would have the tags of another one without it. */
    IF_AMBIGUOUS
  }

  static Label of(String json, String name, String otlp) {
    return new Label(json, name, otlp, name, StatsdTag.ALWAYS, false, null, null);
  }

  Label withHeader(String text) {
    return new Label(json, name, otlp, text, statsd, optional, unknown, implied);
  }

  Label onStatsd(StatsdTag lines) {
    return new Label(json, name, otlp, header, lines, optional, unknown, implied);
  }

  Label optionalColumn() {
    return new Label(json, name, otlp, header, statsd, true, unknown, implied);
  }

  Label unknownAs(String text) {
    return new Label(json, name, otlp, header, statsd, optional, text, implied);
  }

  Label implying(String key, String value) {
    Attribute attribute = new Attribute(key, value);
    return new Label(json, name, otlp, header, statsd, optional, unknown, attribute);
  }
}
