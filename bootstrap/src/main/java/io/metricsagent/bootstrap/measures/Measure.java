package io.metricsagent.bootstrap.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * One number that the agent reports, declared once for all receivers. Immutable.
 *
 * <p>Most names are derived from one: {@code adapter.render_latency} is {@code render_latency} in
 * JSON, {@code adapter.render_latency_ms} for StatsD, {@code wink_adapter_render_latency_seconds}
 * for Prometheus, {@code wink.adapter.render_latency} over OTLP and {@code adapter.render_latency}
 * in the interval log. A declaration states what differs from that. The class has many fields
 * because each receiver has something of its own that a declaration may state.
 */
public final class Measure {
  /** The unit of tokens, in the notation of OpenTelemetry. */
  public static final String TOKENS = "{token}";

  private static final String SECONDS = "s";
  static final String PREFIX = "wink";

  private final MeasureType type;
  private final String name;
  private final String unit;
  private final String json;
  private final boolean sparse;
  private final boolean statsd;
  private final String help;
  private final boolean positiveForPrometheus;
  private final Otlp otlp;
  private final List<Column> columns;
  private final String known;
  private final int index;
  private final int slot;

  private Measure(Builder builder, int index, int slot) {
    type = builder.type;
    name = builder.name;
    unit = builder.unit;
    json = builder.json;
    sparse = builder.sparse;
    statsd = builder.statsd;
    help = builder.help;
    positiveForPrometheus = builder.positiveForPrometheus;
    otlp = builder.otlp;
    columns = List.copyOf(builder.columns);
    known = builder.known;
    this.index = index;
    this.slot = slot;
  }

  /**
   * Begins a declaration.
   *
   * @param name in lower case, beginning with what is measured and a dot, as in {@code adapter.}
   * @param unit the unit in the notation of OpenTelemetry, such as {@code {request}}
   */
  public static Builder of(MeasureType type, String name, String unit) {
    return new Builder(type, name, unit);
  }

  /** Begins the declaration of a time. */
  public static Builder time(MeasureType type, String name) {
    return new Builder(type, name, SECONDS);
  }

  /** Returns the type of the value. */
  public MeasureType type() {
    return type;
  }

  /**
   * Returns the name from which the others are derived, which is also the name in the interval log.
   */
  public String name() {
    return name;
  }

  /** Returns the unit over OTLP, which is {@code s} for all times. */
  public String unit() {
    return unit;
  }

  /** Returns the field in JSON, or {@code null} if it has none. */
  public String json() {
    return json;
  }

  /**
   * Returns whether JSON leaves the field out where nothing is known, instead of writing an empty
   * value.
   */
  public boolean isSparse() {
    return sparse;
  }

  /**
   * Returns the name for StatsD without the prefix that users choose, or {@code null} if StatsD
   * does not get it.
   */
  public String statsd() {
    boolean millis = unit.equals(SECONDS);
    return !statsd ? null : millis ? name + "_ms" : name;
  }

  /**
   * Returns the name for Prometheus without the suffix of a counter, or {@code null} if Prometheus
   * does not get it.
   */
  public String prometheus() {
    String inUnderscores = PREFIX + "_" + name.replace('.', '_');
    return help == null ? null : unit.equals(SECONDS) ? inUnderscores + "_seconds" : inUnderscores;
  }

  /** Returns the unit for Prometheus, which is also the end of the name, or {@code null}. */
  public String prometheusUnit() {
    return unit.equals(SECONDS) ? "seconds" : unit.equals(TOKENS) ? "tokens" : null;
  }

  /** Returns the help text for Prometheus, or {@code null} if Prometheus does not get it. */
  public String help() {
    return help;
  }

  /** Returns whether Prometheus gets only values above 0. */
  public boolean isPositiveForPrometheus() {
    return positiveForPrometheus;
  }

  /** Returns the metric over OTLP, or {@code null} if OTLP does not get it. */
  public Otlp otlp() {
    return otlp;
  }

  /** Returns the columns of {@code inspect}. */
  public List<Column> columns() {
    return columns;
  }

  /** Returns where the number is known, as text for users; {@code null} for everywhere. */
  public String known() {
    return known;
  }

  /** Returns the index among the measures of the kind. */
  public int index() {
    return index;
  }

  /** Returns the index of the value among the numbers, or the other values, of a series. */
  public int slot() {
    return slot;
  }

  @Override
  public String toString() {
    return name;
  }

  /** A declaration; see the fields of {@link Measure}. Not thread-safe. */
  public static final class Builder {
    private final MeasureType type;
    private final String name;
    private final String unit;
    private String json;
    private boolean sparse;
    private boolean statsd = true;
    private String help;
    private boolean positiveForPrometheus;
    private Otlp otlp;
    private final List<Column> columns = new ArrayList<>();
    private String known;

    private Builder(MeasureType type, String name, String unit) {
      this.type = type;
      this.name = name;
      this.unit = unit;
      json = name.substring(name.lastIndexOf('.') + 1);
    }

    MeasureType type() {
      return type;
    }

    /** Names the field in JSON; {@code null} for none. */
    public Builder json(String field) {
      json = field;
      return this;
    }

    /** Leaves the field out of JSON where nothing is known. */
    public Builder sparse() {
      sparse = true;
      return this;
    }

    /** Leaves the measure out everywhere but in JSON. */
    public Builder jsonOnly() {
      statsd = false;
      return this;
    }

    /** Leaves the measure out everywhere; a call that follows exports it over OTLP. */
    public Builder otlpOnly() {
      json = null;
      return jsonOnly();
    }

    /** Exports it to Prometheus, with a help text of one sentence. */
    public Builder prometheus(String text) {
      help = text;
      return this;
    }

    /** Exports it to Prometheus only while it is above 0. */
    public Builder prometheusIfPositive(String text) {
      positiveForPrometheus = true;
      return prometheus(text);
    }

    /** Exports it over OTLP, with the same name in both sets of names. */
    public Builder otlp(String description) {
      return otlp(PREFIX + "." + name, description);
    }

    /**
     * Exports it over OTLP, with a name of OpenTelemetry's conventions and the derived name of our
     * own.
     */
    public Builder otlp(String conventional, String description) {
      return otlp(conventional, PREFIX + "." + name, description);
    }

    /** Exports it over OTLP, with a name of OpenTelemetry's conventions and one of our own. */
    public Builder otlp(String conventional, String own, String description) {
      otlp = Otlp.of(conventional, own, description, Otlp.Points.ALL);
      return this;
    }

    /** Adds a fixed attribute to its points over OTLP. */
    public Builder attribute(String key, String value) {
      otlp = otlp.with(key, value);
      return this;
    }

    /** Exports it over OTLP only while it is above 0. */
    public Builder otlpIfPositive(String description) {
      String own = PREFIX + "." + name;
      otlp = Otlp.of(own, own, description, Otlp.Points.POSITIVE);
      return this;
    }

    /**
     * Exports it over OTLP where the user asks for it, under one name in both sets of names; it is
     * exported under no other name.
     */
    public Builder otlpOnRequest(String conventional, String description) {
      otlp = Otlp.of(conventional, conventional, description, Otlp.Points.ON_REQUEST);
      return this;
    }

    /** Exports it over OTLP with a point for each type of error. */
    public Builder otlpByErrorType(String description) {
      String own = PREFIX + "." + name;
      otlp = Otlp.of(own, own, description, Otlp.Points.BY_ERROR_TYPE);
      return this;
    }

    /** Shows it in {@code inspect}. */
    public Builder column(int place, String header) {
      columns.add(new Column(place, header, null, false));
      return this;
    }

    /** Shows a statistic of a histogram in {@code inspect}, such as {@code p50}. */
    public Builder column(int place, String header, String statistic) {
      columns.add(new Column(place, header, statistic, false));
      return this;
    }

    /** Shows it in {@code inspect} if any series has a value above 0. */
    public Builder optionalColumn(int place, String header) {
      columns.add(new Column(place, header, null, true));
      return this;
    }

    /** Says where the number is known. */
    public Builder known(String where) {
      known = where;
      return this;
    }

    Measure build(int index, int slot) {
      return new Measure(this, index, slot);
    }
  }
}
