package io.metricsagent.bootstrap.measures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A kind of series: its labels and its measures, in the order in which JSON has them. Immutable.
 *
 * <p>Several kinds may share a section of JSON if their measures have different names there.
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
    int sorts = 0;
    for (Measure measure : measures) {
      if (measure.type() == MeasureType.OUTCOMES) {
        calls = measure;
        sorts++;
      }
    }
    outcomes = sorts == 1 ? calls : null;
  }

  /**
   * Returns the name of the JSON array for series of this kind, which is also their title in {@code
   * inspect}.
   */
  public String section() {
    return section;
  }

  /** Returns whether JSON and {@code inspect} leave out the array or table if it would be empty. */
  public boolean isRare() {
    return rare;
  }

  /** Returns the labels, in the order in which a series has their values. */
  public List<Label> labels() {
    return labels;
  }

  /** Returns all measures. */
  public List<Measure> measures() {
    return measures;
  }

  /**
   * Returns the measure from which the numbers of calls and errors are computed; {@code null} if no
   * calls are timed, or several sorts of calls.
   */
  public Measure outcomes() {
    return outcomes;
  }

  /** Returns how many stored measures are single numbers. */
  public int numbers() {
    return numbers;
  }

  /** Returns how many stored measures are other values, such as histograms. */
  public int values() {
    return values;
  }

  /** Returns a builder with the labels and measures of this kind, to which more can be added. */
  public Builder extended() {
    Builder builder = new Builder(section, rare, labels);
    builder.measures.addAll(measures);
    builder.numbers = numbers;
    builder.values = values;
    return builder;
  }

  /** Builds a kind. Not thread-safe. */
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

    /** Adds a measure at the end, and returns it. */
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
