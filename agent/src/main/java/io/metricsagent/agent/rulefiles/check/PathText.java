package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Expression.Step;
import java.util.Locale;

/** Writes paths as people write them. Stateless. */
final class PathText {
  private PathText() {}

  /** Returns the text of a path, as in {@code arg[0].model}. */
  static String of(Expression.Path path) {
    StringBuilder text = new StringBuilder();
    switch (path.root()) {
      case ARGUMENT -> text.append("arg[").append(path.argument()).append(']');
      default -> text.append(path.root().name().toLowerCase(Locale.ROOT));
    }
    for (Step step : path.steps()) {
      if (step instanceof Step.Property property) {
        text.append('.').append(property.name());
      } else if (step instanceof Step.Call call) {
        text.append('.').append(call.method()).append("()");
      } else if (step instanceof Step.Key key) {
        text.append("[\"").append(key.key()).append("\"]");
      } else if (step instanceof Step.Index index) {
        text.append('[').append(index.index()).append(']');
      } else {
        text.append("[*]");
      }
    }
    return text.toString();
  }
}
