package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.util.List;

/**
 * Where the values of one rule find the arguments of a woven method: what woven code must pass, and
 * what must be kept until the call has ended. A rule pays only for what it names. Immutable.
 */
public final class ArgumentPlaces {
  /** How many arguments woven code passes one by one. */
  private static final int PASSED = 3;

  /** Nothing is kept, or an array of all arguments is. */
  private static final int NOTHING = -1;

  private static final int ALL = -2;

  private final boolean asArray;
  private final boolean primitives;
  private final int kept;

  private ArgumentPlaces(boolean asArray, boolean primitives, int kept) {
    this.asArray = asArray;
    this.primitives = primitives;
    this.kept = kept;
  }

  /**
   * Finds the places for the values of a rule.
   *
   * @param atBegin what is read when the method begins; elements may be {@code null}
   * @param atEnd what is read later; elements may be {@code null}
   */
  public static ArgumentPlaces of(List<Expression> atBegin, List<Expression> atEnd) {
    Finder finder = new Finder();
    for (Expression expression : atBegin) {
      finder.add(expression, false);
    }
    for (Expression expression : atEnd) {
      finder.add(expression, true);
    }
    return new ArgumentPlaces(finder.last >= PASSED, finder.primitives, finder.kept);
  }

  /** Looks at all paths that begin with an argument. */
  private static final class Finder {
    private int last = -1;
    private boolean primitives;
    private int kept = NOTHING;

    void add(Expression expression, boolean later) {
      if (expression instanceof Expression.Equal equal) {
        add(equal.left(), later);
        add(equal.right(), later);
      } else if (expression instanceof Expression.Not not) {
        add(not.operand(), later);
      } else if (expression instanceof Expression.Path path && path.root() == Root.ARGUMENT) {
        last = Math.max(last, path.argument());
        primitives |= path.steps().isEmpty(); // a primitive has no properties
        if (later) {
          kept = kept == NOTHING || kept == path.argument() ? path.argument() : ALL;
        }
      }
    }
  }

  /** Returns these places for code that passes an array of all arguments as the first one. */
  public ArgumentPlaces inArray() {
    return new ArgumentPlaces(true, primitives, kept);
  }

  /** Returns what woven code must pass. */
  public PassedArguments passed() {
    if (asArray) {
      return PassedArguments.ARRAY;
    }
    return primitives ? PassedArguments.WITH_PRIMITIVES : PassedArguments.OBJECTS;
  }

  /** Returns the argument with a number, given what woven code has passed. */
  public Object argument(int number, Object passed0, Object passed1, Object passed2) {
    if (asArray) {
      return element(passed0, number);
    }
    return switch (number) {
      case 0 -> passed0;
      case 1 -> passed1;
      case 2 -> passed2;
      default -> null;
    };
  }

  /**
   * Returns what must be kept of the arguments until the call has ended; {@code null} if nothing.
   */
  public Object kept(Object passed0, Object passed1, Object passed2) {
    if (kept == NOTHING) {
      return null;
    }
    if (kept != ALL) {
      return argument(kept, passed0, passed1, passed2);
    }
    return asArray ? passed0 : new Object[] {passed0, passed1, passed2};
  }

  /** Returns an argument, given what {@link #kept} has returned. */
  Object ofKept(int number, Object keptArguments) {
    return kept == ALL ? element(keptArguments, number) : keptArguments;
  }

  /** Returns whether woven code passes an argument by itself, in its own place. */
  boolean isPassed(int number) {
    return !asArray && number < PASSED;
  }

  /** Returns whether an argument is all that is kept. */
  boolean isKeptAlone(int number) {
    return kept == number;
  }

  private static Object element(Object array, int number) {
    return array instanceof Object[] all && number < all.length ? all[number] : null;
  }
}
