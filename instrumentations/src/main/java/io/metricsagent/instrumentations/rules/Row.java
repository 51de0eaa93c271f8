package io.metricsagent.instrumentations.rules;

import java.util.List;
import java.util.Locale;

/**
 * One row of a {@link RuleTable}: what is woven and, beside it, the handler that woven methods
 * call.
 *
 * <p>The rows of a library are the constants of an enum. Its constructor takes the rules, and
 * {@link #handler} is a {@code switch} over all constants without {@code default}, so that a row
 * without rules or without a handler does not compile. A constant has no body and no lambda,
 * because each would be a class to load while the application starts.
 *
 * @param <S> what all handlers of the library share; {@link Void} if they share nothing
 */
public interface Row<S> {
  /** Returns the name of the row; an enum has it by itself. */
  String name();

  /**
   * Returns the name that people read, as in {@code rule langchain4j/stream-attempt is off}: that
   * of the constant in lower case, with hyphens.
   */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what is woven. Each rule gets a handler of its own. */
  List<Rule> rules();

  /**
   * Makes the handler of one of the rules, when the first class that the rule asks for is woven.
   *
   * <p>What is constructed here belongs to this handler alone. What several handlers use together
   * is in {@code shared}.
   *
   * @param shared the one object that all handlers of the library get
   */
  SiteHandler handler(Telemetry telemetry, S shared);
}
