package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Classes of the user's own of every shape, in several languages, and calls that go on after their
 * method: a rule for each. The applications check their results themselves, and end with an error
 * if one differs.
 */
@ExtendWith(ShowRuns.class)
class OwnShapesIT {
  private static final String SHAPES = "com.example.shapes.";
  private static final String LANGUAGES = "com.example.languages.";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresClassesOfEveryShape(Jdk jdk) throws IOException {
    String in = SHAPES + "Shapes$";
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting(
                "metrics.agent.rules.file",
                rules(
                    String.join(
                        ";",
                        in + "Prompt[ask]",
                        in + "Model[ask]",
                        in + "Inner[ask]",
                        in + "Hidden[ask,last]",
                        in + "Statics[ask,count]",
                        in + "Generic[ask]",
                        in + "Absent[complete,foreign,complet]"),
                    String.join(
                        ";", in + "Generic[twice]", in + "Tool[apply]", in + "OnlyLambdas[apply]")))
            .jar(Artifacts.app("own-shapes"))
            .run("shapes");

    assertThat(run.exitCode()).isZero();
    assertThat(adapters(run.dump()))
        .containsExactlyInAnyOrder(
            "Prompt.ask 1",
            "Model.ask 2",
            "Inner.ask 1",
            "Hidden.ask 1",
            "Hidden.last 1",
            "Statics.ask 2",
            "Statics.count 1",
            "Strings.ask 3",
            "MoreStrings.ask 1",
            "Present.complete 1");
    assertThat(tools(run.dump())).containsExactlyInAnyOrder("Strings.twice 1", "Tool.apply 1");
    assertThat(run.dump().agentErrors()).isZero();
    assertThat(run.agentLog())
        .anyMatch(line -> line.contains("$OnlyLambdas.apply is abstract, and no subtype"))
        .anyMatch(line -> line.contains("$Absent.foreign is native, which cannot be measured"))
        .anyMatch(line -> line.contains("has no method complet; did you mean complete?"));
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void callsEndWithWhatTheirMethodReturns(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting(
                "metrics.agent.rules.file",
                rules(
                    SHAPES
                        + "Answers[future,stage,submitted,task,listenable,mono,flux,publisher,single,"
                        + "maybe,completable,flowable,observable,flow,iterator,stream,numbers,pieces,"
                        + "list]",
                    ""))
            .jar(Artifacts.app("own-shapes"))
            .run("results");

    assertThat(run.exitCode()).isZero();
    assertThat(adapters(run.dump()))
        .containsExactlyInAnyOrder(
            "Answers.future 2 {java.lang.IllegalStateException=1}",
            "Answers.stage 1",
            "Answers.submitted 3 {java.lang.IllegalStateException=1} cancelled 1",
            "Answers.task 1",
            "Answers.listenable 1",
            "Answers.mono 3 {java.lang.IllegalStateException=1}",
            "Answers.flux 4 {java.lang.IllegalStateException=1} cancelled 1 first 3",
            "Answers.publisher 1 first 1",
            "Answers.single 2 {java.lang.IllegalStateException=1}",
            "Answers.maybe 2",
            "Answers.completable 1",
            "Answers.flowable 2 cancelled 1 first 2",
            "Answers.observable 1 first 1",
            "Answers.flow 1 first 1",
            "Answers.iterator 2 first 2",
            "Answers.stream 5 {java.lang.IllegalStateException=1} cancelled 1 first 3",
            "Answers.numbers 1 first 1",
            "Answers.pieces 2 cancelled 1 first 1",
            "Answers.list 1");
    assertThat(run.dump().agentErrors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void callsEndWithTheirCallbacks(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting(
                "metrics.agent.rules.file",
                rules(
                    SHAPES
                        + "CallbackCalls$Llm[listen,accept,done,handle,subscribe,consume,refuse]",
                    ""))
            .jar(Artifacts.app("own-shapes"))
            .run("callbacks");

    assertThat(run.exitCode()).isZero();
    assertThat(adapters(run.dump()))
        .containsExactlyInAnyOrder(
            "Llm.listen 2 {java.lang.IllegalStateException=1} first 2",
            "Llm.accept 1",
            "Llm.done 1 {java.lang.IllegalStateException=1}",
            "Llm.handle 1",
            "Llm.subscribe 1 cancelled 1",
            "Llm.consume 1",
            "Llm.refuse 1 {java.lang.IllegalArgumentException=1}");
    assertThat(run.dump().agentErrors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresKotlinWithCoroutines(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting(
                "metrics.agent.rules.file",
                rules(
                    String.join(
                        ";",
                        LANGUAGES
                            + "KotlinLlm[complete,fail,passOn,known,count,forever,stream,state]",
                        LANGUAGES + "OpenKotlinLlm[complete]",
                        LANGUAGES + "KotlinPrompt[ask]",
                        LANGUAGES + "KotlinKt[topLevel]"),
                    LANGUAGES + "KotlinTool[add,subtract]"))
            .jar(Artifacts.app("own-languages"))
            .run("Kotlin");

    assertThat(run.exitCode()).isZero();
    assertThat(adapters(run.dump()))
        .containsExactlyInAnyOrder(
            "KotlinLlm.complete 2",
            "KotlinLlm.fail 1 {java.lang.IllegalStateException=1}",
            "KotlinLlm.passOn 1",
            "KotlinLlm.known 1",
            "KotlinLlm.count 1",
            "KotlinLlm.forever 1 cancelled 1",
            "KotlinLlm.stream 4 {java.lang.IllegalArgumentException=1} cancelled 1 first 4",
            "KotlinLlm.state 1",
            "OpenKotlinLlm.complete 1",
            "KotlinPrompt.ask 1",
            "KotlinKt.topLevel 1");
    assertThat(tools(run.dump()))
        .containsExactlyInAnyOrder("KotlinTool.add 2", "KotlinTool.subtract 1");
    assertThat(run.dump().agentErrors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void measuresScalaAndGroovy(Jdk jdk) throws IOException {
    FinishedRun run =
        AgentRun.on(jdk)
            .withAgent()
            .setting(
                "metrics.agent.rules.file",
                rules(
                    String.join(
                        ";",
                        LANGUAGES + "ScalaLlm[complete]",
                        LANGUAGES + "ScalaObject$[ask]",
                        LANGUAGES + "ScalaGeneric[apply]",
                        LANGUAGES + "ScalaLater[complete]",
                        LANGUAGES + "GroovyLlm[complete,ask]",
                        LANGUAGES + "GroovyTrait[answer]"),
                    LANGUAGES + "ScalaTool[multiply,scale];" + LANGUAGES + "GroovyTool[add]"))
            .jar(Artifacts.app("own-languages"))
            .run("Scala", "Groovy");

    assertThat(run.exitCode()).isZero();
    assertThat(adapters(run.dump()))
        .containsExactlyInAnyOrder(
            "MixedLlm.complete 1",
            "ScalaObject.ask 1",
            "ScalaStrings.apply 1",
            "ScalaLater.complete 2 {java.lang.IllegalArgumentException=1}",
            "GroovyLlm.complete 1",
            "GroovyLlm.ask 2",
            "GroovyMixed.answer 1");
    assertThat(tools(run.dump()))
        .containsExactlyInAnyOrder(
            "ScalaTool.multiply 1",
            "ScalaTool.scale 1",
            "GroovyTool.add 2 {java.lang.IllegalArgumentException=1}");
    assertThat(run.dump().agentErrors()).isZero();
  }

  /**
   * Writes a rule for each class.
   *
   * @param adapters classes and their methods: {@code com.acme.Llm[ask,answer];com.acme.Other[ask]}
   */
  private String rules(String adapters, String tools) throws IOException {
    StringBuilder text = new StringBuilder();
    section("adapters", adapters, text);
    section("tools", tools, text);
    return Files.writeString(folder.resolve("rules.yaml"), text).toString();
  }

  private static void section(String name, String types, StringBuilder text) {
    if (types.isEmpty()) {
      return;
    }
    text.append(name).append(":\n");
    for (String type : types.split(";")) {
      int open = type.indexOf('[');
      text.append("  - type: ").append(type, 0, open).append('\n');
      text.append("    methods: ").append(type, open, type.length()).append('\n');
    }
  }

  /** Returns each series as {@code Llm.ask 2 {errors} cancelled 1 first 1}, zeros left out. */
  private static List<String> adapters(Dump dump) {
    List<String> lines = new ArrayList<>();
    for (Dump.Adapter adapter : dump.adapters()) {
      long cancelled = adapter.count("cancelled_count");
      long pieces = adapter.latency("time_to_first_token").count();
      lines.add(
          adapter.name()
              + "."
              + adapter.json().path("operation").asString()
              + " "
              + adapter.count("request_count")
              + (adapter.errorTypes().isEmpty() ? "" : " " + new TreeMap<>(adapter.errorTypes()))
              + (cancelled == 0 ? "" : " cancelled " + cancelled)
              + (pieces == 0 ? "" : " first " + pieces));
    }
    return lines;
  }

  private static List<String> tools(Dump dump) {
    List<String> lines = new ArrayList<>();
    for (Dump.Tool tool : dump.tools()) {
      lines.add(
          tool.name()
              + " "
              + tool.count("call_count")
              + (tool.errorCodes().isEmpty() ? "" : " " + new TreeMap<>(tool.errorCodes())));
    }
    return lines;
  }
}
