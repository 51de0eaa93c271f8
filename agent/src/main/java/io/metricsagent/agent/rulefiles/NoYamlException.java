package io.metricsagent.agent.rulefiles;

/** A file that cannot be read as YAML, or that is more than a rule file. */
final class NoYamlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  NoYamlException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
