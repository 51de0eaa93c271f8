package io.metricsagent.instrumentations.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one library, and the handlers that its woven methods call. {@link
 * java.util.ServiceLoader} finds the implementations: a new library is a new folder with a class
 * that extends {@link RuleTable}.
 *
 * <p>{@link #rows} may run on the application's main thread before the application, so it must only
 * create data. A handler is made when the first class that its rule names is loaded.
 */
public interface InstrumentationModule {
  /** Returns the module's name, as in {@code metrics.agent.instrumentation.<name>.enabled}. */
  String name();

  /**
   * Returns whether the module's targets are unknown unless a setting adds them, so that an
   * application of the library starts as if there were no such module.
   */
  default boolean isOptIn() {
    return false;
  }

  /** Returns the rows of the table, in the order in which their rules are numbered. */
  List<? extends Row<?>> rows();

  /** Returns the rules of all rows. */
  default List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Row<?> row : rows()) {
      rules.addAll(row.rules());
    }
    return rules;
  }

  /**
   * Returns the rows of the table of libraries that people read. Applications never call this
   * method.
   */
  default List<Coverage> coverage() {
    return List.of();
  }

  /**
   * Makes a handler for one rule of a row.
   *
   * @param row one of {@link #rows}
   */
  SiteHandler handler(Row<?> row, Telemetry telemetry);
}
