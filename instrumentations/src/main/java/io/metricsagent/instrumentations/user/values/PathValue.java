package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.List;
import java.util.Optional;

/** A value that is reached from an object of the call. */
final class PathValue extends Value {
  private static final Getters[] NONE = {};

  /** Where the path begins: the number of the object from 0, or one of the constants. */
  private static final int OF_ARGUMENTS = 4;

  private static final int OF_KEPT = 5;
  private static final int NOWHERE = 6;

  private final int begin;
  private final int argument;
  private final ArgumentPlaces places;

  /** All steps but the last. */
  private final Getters[] way;

  /** The last step; {@code null} for the root itself. */
  private final Getters last;

  PathValue(Expression.Path path, Moment moment, ArgumentPlaces places) {
    argument = path.argument();
    this.places = places;
    begin = begin(path.root(), moment);
    List<Step> steps = path.steps();
    way = steps.isEmpty() ? NONE : new Getters[steps.size() - 1];
    for (int i = 0; i < way.length; i++) {
      way[i] = StepGetters.of(steps.get(i));
    }
    last = steps.isEmpty() ? null : StepGetters.of(steps.get(steps.size() - 1));
  }

  private int begin(Root root, Moment moment) {
    return switch (root) {
      case THIS -> 0;
      case ARGUMENT ->
          moment == Moment.BEGIN
              ? places.isPassed(argument) ? 1 + argument : OF_ARGUMENTS
              : places.isKeptAlone(argument) ? 1 : OF_KEPT;
      case RETURN -> moment == Moment.BEGIN ? NOWHERE : 2;
      case THROWN -> moment == Moment.END ? 3 : NOWHERE;
      case MESSAGE -> moment == Moment.MESSAGE ? 3 : NOWHERE;
    };
  }

  private Object root(Object first, Object second, Object third, Object fourth) {
    return switch (begin) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      case 3 -> fourth;
      case OF_ARGUMENTS -> places.argument(argument, second, third, fourth);
      case OF_KEPT -> places.ofKept(argument, second);
      default -> null;
    };
  }

  /** Returns the object that the last step is taken from; {@code null}, or unknown. */
  Object before(Object first, Object second, Object third, Object fourth) {
    Object value = root(first, second, third, fourth);
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    try {
      for (Getters step : way) {
        if (value == null || value == Getters.UNKNOWN) {
          return value;
        }
        value = step.read(value);
      }
    } catch (StackOverflowError e) { // a getter that calls itself
      return Getters.UNKNOWN;
    }
    return value;
  }

  private Object last(Object value) {
    try {
      return last.read(value);
    } catch (StackOverflowError e) {
      return Getters.UNKNOWN;
    }
  }

  private long lastWhole(Object value) {
    try {
      return last.readWhole(value);
    } catch (StackOverflowError e) {
      return Getters.FAILED;
    }
  }

  @Override
  Object read(Object first, Object second, Object third, Object fourth) {
    Object value = before(first, second, third, fourth);
    return last == null || value == null || value == Getters.UNKNOWN ? value : last(value);
  }

  @Override
  long whole(Object first, Object second, Object third, Object fourth) {
    Object value = before(first, second, third, fourth);
    return last == null || value == null || value == Getters.UNKNOWN
        ? Getters.NOT_WHOLE
        : lastWhole(value);
  }

  @Override
  public long number(Object first, Object second, Object third, Object fourth) {
    return numberOf(before(first, second, third, fourth));
  }

  /** Returns the number, given what {@link #before} has returned. */
  long numberOf(Object value) {
    if (last == null || value == null || value == Getters.UNKNOWN) {
      return Numbers.whole(value);
    }
    long whole = lastWhole(value);
    return whole == Getters.NOT_WHOLE ? Numbers.whole(last(value)) : Math.max(Numbers.NONE, whole);
  }

  /** Returns whether the value equals a whole number, which is given as an object too. */
  int equalsWhole(
      long number, Object boxed, Object first, Object second, Object third, Object fourth) {
    Object value = before(first, second, third, fourth);
    if (last != null && value != null && value != Getters.UNKNOWN) {
      long whole = lastWhole(value);
      if (whole == Getters.FAILED) {
        return UNKNOWN;
      }
      if (whole != Getters.NOT_WHOLE) {
        return whole == number ? TRUE : FALSE;
      }
      value = last(value);
    }
    return Equality.of(value, boxed);
  }
}
