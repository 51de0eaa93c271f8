package io.metricsagent.bootstrap.measures;

/**
 * A label that tells one series of a kind from another, by its name at each receiver. Immutable.
 *
 * @param json the field in JSON
 * @param name the tag of StatsD and of the interval log and the label of Prometheus; {@code null}
 *     where the names of the measures include the label's value
 * @param otlp the attribute over OTLP, or {@code null} for the same reason
 * @param header the header of the column in {@code inspect}
 * @param statsd which lines of StatsD have the tag
 * @param optional whether {@code inspect} leaves the column out when no series has the label
 * @param unknown what {@code inspect} prints where the label is missing, or {@code null}
 * @param implied another attribute that each series with this label has over OTLP, or {@code null}
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
    /**
     * Lines of gauges only: a server adds up the counters and timings of several series, but not
     * their gauges.
     */
    ON_GAUGES,
    /** All lines of a series whose other tags are the same as those of another series. */
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
