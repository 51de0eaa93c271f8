package io.metricsagent.instrumentations.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What is woven of one library, and the handlers that are called there. Found by {@link
 * java.util.ServiceLoader}: a new library is a new folder with one of these in it, which extends
 * {@link RuleTable}.
 *
 * <p>{@link #rows} runs on the application's main thread before the application: it must only make
 * data. Handlers are made when the first class that a rule asks for is loaded.
 */
public interface InstrumentationModule {
  /** Returns the name, as in {@code metrics.agent.instrumentation.<name>.enabled}. */
  String name();

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

  /** Returns what is measured, for people; nothing of it is loaded in an application. */
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
