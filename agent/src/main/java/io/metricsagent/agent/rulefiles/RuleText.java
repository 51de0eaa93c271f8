package io.metricsagent.agent.rulefiles;

/** What to write for a key. Stateless. */
final class RuleText {
  private RuleText() {}

  /** Returns an example of a key and its value, on one line. */
  static String example(Key key) {
    return key.name()
        + ": "
        + switch (key.form()) {
          case TYPE -> "com.acme.Llm";
          case FLAG -> "true or false";
          case METHODS -> "[complete]";
          case TEXT -> "a path, as in this.name(), or a text";
          case NUMBER, TIME, OBJECT ->
              "a path, as in " + root(key) + (key.form() == Form.TIME ? ".time" : ".value");
          case CONDITION -> "a condition, as in not return.isOk()";
          case GROUP -> "{" + example(key.keys().get(0)) + "}";
        };
  }

  private static String root(Key key) {
    return Expressions.written(key.roots().get(0));
  }
}
