package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import io.metricsagent.instrumentations.user.values.ExpressionException;
import io.metricsagent.instrumentations.user.values.ExpressionParser;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions and checks what they may be for a key. Stateless. */
final class Expressions {
  private Expressions() {}

  /** Returns the expression of a key, or {@code null} with a problem. */
  static Expression read(Key key, YamlNode.Text text, Problems problems) {
    Expression expression;
    try {
      expression = ExpressionParser.parse(text.value());
    } catch (ExpressionException e) {
      problems.add(text.at(e.column()), key.name() + ": " + e.getMessage());
      return null;
    }
    String wrong = wrong(key, text.value().trim(), expression);
    if (wrong != null) {
      problems.add(text.at(1), key.name() + ": " + wrong);
      return null;
    }
    boolean isText = key.form() == Form.TEXT && expression instanceof Expression.Literal;
    // A text is what was written: the version 4.10 is not 4.1.
    return isText && !isQuoted(text.value())
        ? new Expression.Literal(text.value().trim())
        : expression;
  }

  private static boolean isQuoted(String text) {
    char first = text.trim().charAt(0);
    return first == '"' || first == '\'';
  }

  /** Returns what is wrong with an expression for a key, or {@code null}. */
  private static String wrong(Key key, String text, Expression expression) {
    boolean isPath = expression instanceof Expression.Path;
    boolean isLiteral = expression instanceof Expression.Literal;
    if (key.form() == Form.CONDITION && isLiteral) {
      return "a text has one value for all calls; write a path or a comparison, as in "
          + "not return.isOk()";
    }
    if (key.form() == Form.TEXT && !isPath && !isLiteral) {
      return "a comparison is true or false, and no name; write a path or a text";
    }
    if (key.form() != Form.CONDITION && key.form() != Form.TEXT && !isPath) {
      return (isLiteral ? "\"" + text + "\" is no path" : "a comparison is no path")
          + "; write one that begins with "
          + written(key.roots());
    }
    for (Expression.Path path : paths(expression)) {
      if (!key.roots().contains(path.root())) {
        return "there is no "
            + written(path.root())
            + " here; begin with "
            + written(key.roots())
            + (key.form() == Form.TEXT ? ", or put quotes around a text: '\"...\"'" : "");
      }
      int each = 0;
      for (Expression.Step step : path.steps()) {
        each += step instanceof Expression.Step.Each ? 1 : 0;
      }
      if (each > 0 && !key.each()) {
        return "only the message of a mailbox has [*]; write the number of an element, as in [0]";
      }
      if (each > 1) {
        return "only one [*] has a meaning; leave the other out";
      }
    }
    return null;
  }

  /** Returns the paths in an expression. */
  static List<Expression.Path> paths(Expression expression) {
    List<Expression.Path> paths = new ArrayList<>();
    collect(expression, paths);
    return paths;
  }

  private static void collect(Expression expression, List<Expression.Path> paths) {
    if (expression instanceof Expression.Path path) {
      paths.add(path);
    } else if (expression instanceof Expression.Not not) {
      collect(not.operand(), paths);
    } else if (expression instanceof Expression.Equal equal) {
      collect(equal.left(), paths);
      collect(equal.right(), paths);
    }
  }

  private static String written(List<Root> roots) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < roots.size(); i++) {
      String separator = i == 0 ? "" : i == roots.size() - 1 ? " or " : ", ";
      all.append(separator).append(written(roots.get(i)));
    }
    return all.toString();
  }

  /** Returns a root as people write it. */
  static String written(Root root) {
    return switch (root) {
      case THIS -> "this";
      case ARGUMENT -> "arg[0]";
      case RETURN -> "return";
      case THROWN -> "thrown";
      case MESSAGE -> "message";
    };
  }
}
