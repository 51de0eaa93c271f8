package io.metricsagent.bootstrap.measures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A kind of series: its labels and its measures, in the order in which JSON has them. Immutable.
 *
 * <p>Kinds that are told apart by the names of their measures may share a section of JSON.
 */
public final class Kind {
  private final String section;
  private final boolean rare;
  private final List<Label> labels;
  private final List<Measure> measures;
  private final Measure outcomes;
  private final int numbers;
  private final int values;

  private Kind(Builder builder) {
    section = builder.section;
    rare = builder.rare;
    labels = builder.labels;
    measures = Collections.unmodifiableList(new ArrayList<>(builder.measures));
    numbers = builder.numbers;
    values = builder.values;
    Measure calls = null;
    for (Measure measure : measures) {
      if (measure.type() == MeasureType.OUTCOMES) {
        calls = measure;
      }
    }
    outcomes = calls;
  }

  /** Returns the array in JSON that holds such series, and what {@code inspect} calls them. */
  public String section() {
    return section;
  }

  /** Returns whether JSON has the array, and {@code inspect} the table, only with series in it. */
  public boolean isRare() {
    return rare;
  }

  /** Returns the labels; a series has their values in the same order. */
  public List<Label> labels() {
    return labels;
  }

  /** Returns all measures. */
  public List<Measure> measures() {
    return measures;
  }

  /** Returns the measure that the numbers of calls and errors follow from, or {@code null}. */
  public Measure outcomes() {
    return outcomes;
  }

  /** Returns how many stored measures are one number each. */
  public int numbers() {
    return numbers;
  }

  /** Returns how many stored measures are no single number. */
  public int values() {
    return values;
  }

  /** Returns a kind with all that this one has, to which more is added. */
  public Builder extended() {
    Builder builder = new Builder(section, rare, labels);
    builder.measures.addAll(measures);
    builder.numbers = numbers;
    builder.values = values;
    return builder;
  }

  /** Puts a kind together. Not thread-safe. */
  public static final class Builder {
    private final String section;
    private final boolean rare;
    private final List<Label> labels;
    private final List<Measure> measures = new ArrayList<>();
    private int numbers;
    private int values;

    Builder(String section, boolean rare, List<Label> labels) {
      this.section = section;
      this.rare = rare;
      this.labels = List.copyOf(labels);
    }

    /** Adds a measure behind those that are there, and returns it. */
    public Measure add(Measure.Builder declaration) {
      int slot = -1;
      if (declaration.type().isStored()) {
        slot = declaration.type().isNumber() ? numbers++ : values++;
      }
      Measure measure = declaration.build(measures.size(), slot);
      measures.add(measure);
      return measure;
    }

    /** Returns the kind. */
    public Kind build() {
      return new Kind(this);
    }
  }
}
