package io.metricsagent.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of one variant that took turns with others.
 *
 * @param <T> the result of a turn
 */
final class Turns<T> {
  private final List<T> turns = new ArrayList<>();

  void add(T turn) {
    turns.add(turn);
  }

  /** Returns the values of a figure. */
  Figures figures(ToDoubleFunction<T> figure) {
    Figures figures = new Figures();
    turns.forEach(turn -> figures.add(figure.applyAsDouble(turn)));
    return figures;
  }

  /** Returns by what factor a figure differs from that of another variant, turn by turn. */
  Figures factors(ToDoubleFunction<T> figure, Turns<T> other) {
    Figures factors = new Figures();
    for (int i = 0; i < turns.size(); i++) {
      factors.add(figure.applyAsDouble(turns.get(i)) / figure.applyAsDouble(other.turns.get(i)));
    }
    return factors;
  }
}
