package io.metricsagent.instrumentations.rules;

import java.util.List;
import java.util.Locale;

/**
 * One row of a {@link RuleTable}: the rules and, beside them, the handler that woven methods call.
 *
 * <p>The rows of a library are the constants of an enum. Its constructor takes the rules, and
 * {@link #handler} is a {@code switch} over all constants without {@code default}, so that a row
 * without rules or without a handler does not compile. A constant has no body and no lambda,
 * because each of these is one more class to load while the application starts.
 *
 * @param <S> the type of the object that all handlers of the library share; {@link Void} if they
 *     share nothing
 */
public interface Row<S> {
  /** Returns the name of the row; every enum has this method already. */
  String name();

  /**
   * Returns the name that people read, as in {@code rule langchain4j/stream-attempt is off}: the
   * constant's name in lower case, with hyphens.
   */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns where a user has written the rules; {@code null} for rules of the agent's own. */
  default String origin() {
    return null;
  }

  /** Returns the rules. Each rule gets a handler of its own. */
  List<Rule> rules();

  /**
   * Returns whether the row is for runs only, so that it is not woven while no runs are kept. A
   * decoder of runs has a static method that makes the handler: for one that is passed in {@link
   * #handler} itself, the verifier would load the interface of decoders of runs.
   */
  default boolean isForRuns() {
    return false;
  }

  /**
   * Makes the handler of one of the rules, when the first class that the rule names is woven.
   *
   * <p>Objects that are constructed here belong to this handler alone. Objects that several
   * handlers use are in {@code shared}.
   *
   * @param shared the object that all handlers of the library share
   */
  RowHandler handler(Telemetry telemetry, S shared);
}
