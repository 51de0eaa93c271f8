package io.metricsagent.agent.cli;

import io.metricsagent.agent.rulefiles.Problem;
import io.metricsagent.agent.rulefiles.RuleFiles;
import io.metricsagent.agent.rulefiles.check.ClassPath;
import io.metricsagent.agent.rulefiles.check.RuleCheck;
import io.metricsagent.agent.rulefiles.check.RuleReport;
import io.metricsagent.bootstrap.AgentLog;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks rule files, and tells what they would weave. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks rule files and prints what each rule would weave in a class path.",
      "",
      "What is wrong goes to standard error, with file, line and column; then the exit code is 1.",
      "Class files are read and not loaded: jars, folders, jars of Spring Boot and WARs.",
      ""
    },
    footer = {
      "",
      "Example: the rules of an application that starts with its libraries beside it:",
      "  java -jar metrics-agent.jar check rules.yaml --classpath app.jar:libs/*"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Rule files, in YAML or JSON.")
  private List<File> files;

  @Option(
      names = {"--classpath", "-cp"},
      paramLabel = "PATH",
      description =
          "Jars, folders with classes, and folder/* for the jars of a folder, separated as in a"
              + " class path.")
  private String classPath;

  @Override
  public Integer call() throws CliException {
    for (File file : files) {
      Inputs.check(file.toPath(), "give a file of rules");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    RuleFiles rules = RuleFiles.read(files);
    print(rules.problems(), err);
    List<RuleReport> reports = classPath == null ? RuleCheck.of(rules) : reports(rules);
    int problems = rules.problems().size();
    int methods = 0;
    for (RuleReport report : reports) {
      out.println(AgentLog.printable(report.place() + ": " + report.title()));
      report.lines().forEach(line -> out.println(AgentLog.printable("  " + line)));
      out.flush();
      print(report.problems(), err);
      problems += report.problems().size();
      methods += report.wovenMethods();
    }
    out.println(
        count(reports.size(), "rule")
            + (classPath == null ? "" : ", " + count(methods, "method"))
            + ", "
            + count(problems, "problem")
            + (classPath == null ? "; --classpath tells what is woven" : ""));
    return problems == 0 ? 0 : 1;
  }

  private List<RuleReport> reports(RuleFiles rules) throws CliException {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      if (!part.isBlank()) {
        parts.add(part.trim());
      }
    }
    try (ClassPath path = ClassPath.open(parts)) {
      return RuleCheck.of(rules, path);
    } catch (IOException e) {
      throw CliException.usage(e.getMessage());
    }
  }

  private static void print(List<Problem> problems, PrintWriter err) {
    problems.forEach(problem -> err.println(AgentLog.printable(problem.toString())));
    err.flush();
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
