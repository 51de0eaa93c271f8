package io.metricsagent.agent.rulefiles.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.rulefiles.RuleFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules would weave, or why not; the samples are a small application. */
class RuleCheckTest {
  private static final String SAMPLES = "io.metricsagent.agent.rulefiles.check.samples.";

  static Path classes() {
    try {
      return Path.of(
          RuleCheckTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the report of one rule; {@code ~} stands for the package of the samples. */
  private static RuleReport report(String rules) {
    RuleFiles files = RuleFiles.read("r", rules.replace("~", SAMPLES));
    assertThat(files.problems()).isEmpty();
    try (ClassPath path = ClassPath.open(List.of(classes().toString()))) {
      List<RuleReport> reports = RuleCheck.of(files, path);
      assertThat(reports).hasSize(1);
      return reports.get(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(String rules) {
    RuleReport report = report(rules);
    assertThat(report.problems()).isEmpty();
    return report.lines().stream().map(line -> line.replace(SAMPLES, "~")).toList();
  }

  private static String problem(String rules) {
    RuleReport report = report(rules);
    assertThat(report.problems()).as(rules).hasSize(1);
    return report.problems().get(0).message().replace(SAMPLES, "~");
  }

  @Test
  void tellsTheMethodsOfSubtypesAndTheTypesOfValues() {
    assertThat(
            lines(
"""
adapters:
  - type: ~Adapter
    methods: [evaluate, evaluateAsync]
    name: this.provider()
    model: arg[0].model
    tokens: {input: return.usage.inputTokens, output: return.usage.outputTokens, cached: 'return.raw["a"]["b"]'}
    error: return.finish
"""))
        .containsExactly(
            "methods: ~OpenAdapter.evaluate(~Adapter$Request)",
            "methods: ~OpenAdapter$Local.evaluateAsync(~Adapter$Request)",
            "name: a java.lang.String",
            "model: a java.lang.String",
            "input: a int",
            "output: a java.lang.Long",
            "cached: a java.lang.Long",
            "error: a java.lang.String");
  }

  /** Makes the class of {@code suspend fun receive(): Any} and {@code suspend fun ask(): Any}. */
  private static void writeSuspending(Path folder) throws IOException {
    ClassWriter file = new ClassWriter(0);
    file.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "acme/Slow", null, "java/lang/Object", null);
    for (String name : List.of("ask", "receive")) {
      MethodVisitor method =
          file.visitMethod(
              Opcodes.ACC_PUBLIC,
              name,
              "(Lkotlin/coroutines/Continuation;)Ljava/lang/Object;",
              null,
              null);
      method.visitCode();
      method.visitInsn(Opcodes.ACONST_NULL);
      method.visitInsn(Opcodes.ARETURN);
      method.visitMaxs(1, 2);
    }
    file.visitEnd();
    Files.createDirectories(folder.resolve("acme"));
    Files.write(folder.resolve("acme/Slow.class"), file.toByteArray());
  }

  @Test
  void suspendingFunctionsAreForAdaptersAndTools(@TempDir Path folder) throws IOException {
    writeSuspending(folder);
    RuleFiles files =
        RuleFiles.read(
            "r",
            """
            adapters:
              - type: acme.Slow
                methods: [ask]
            mailboxes:
              - type: acme.Slow
                receive: {methods: [receive]}
            """);
    try (ClassPath path = ClassPath.open(List.of(folder.toString()))) {
      List<RuleReport> reports = RuleCheck.of(files, path);

      assertThat(reports.get(0).lines())
          .containsExactly("methods: acme.Slow.ask(kotlin.coroutines.Continuation)");
      assertThat(reports.get(0).problems()).isEmpty();
      assertThat(reports.get(1).problems())
          .singleElement()
          .asString()
          .startsWith("r:6:25: acme.Slow.receive(kotlin.coroutines.Continuation) is a suspending")
          .endsWith("; name a function that does not suspend");
    }
  }

  /** Asks by a callback. */
  static final class Told {
    /** Tells the answer. */
    public interface Listener {
      /** The answer is there. */
      void onSuccess(String answer);

      /** There is none. */
      void onError(Exception error);
    }

    public void ask(String prompt, Listener listener) {}

    public void forget(String prompt) {}
  }

  @Test
  void theResultOfAMethodWithACallbackCannotBeChecked() {
    String rule =
        """
        adapters:
          - type: io.metricsagent.agent.rulefiles.check.RuleCheckTest$Told
            methods: [%s]
            tokens: {output: return.length()}
        """;

    assertThat(lines(rule.formatted("ask")))
        .element(1)
        .asString()
        .startsWith("output: cannot be checked, as only the callback of ")
        .endsWith(" shows what it returns");
    assertThat(problem(rule.formatted("forget"))).contains("returns nothing; begin with this");
  }

  @Test
  void tellsWhatAMailboxHandsOver() {
    assertThat(
            lines(
"""
mailboxes:
  - type: ~Queue
    queue: this.name()
    receive: {methods: [receive], message: 'return[*]', id: message.receipt, deliveries: message.deliveries}
    ack: {methods: [ack]}
    depth: this.size()
"""))
        .containsExactly(
            "receive: ~Queue.receive()",
            "queue: a java.lang.String",
            "message: a ~Queue$Message",
            "id: a java.lang.String",
            "deliveries: a int",
            "ack: ~Queue.ack(java.lang.String)",
            "depth: a long");
    assertThat(
            lines(
"""
mailboxes:
  - type: ~Queue$OfTimed
    receive: {methods: [poll, onMessage], id: message.receipt, enqueued: message.time}
"""))
        .contains("id: a java.lang.String", "enqueued: a long");
    assertThat(
            lines(
                """
                mailboxes:
                  - type: ~Queue
                    receive: {methods: [receive], message: return, id: message.receipt}
                    ack: {methods: [ackAll], id: arg[0]}
                """))
        .contains("id: a java.lang.String");
  }

  @Test
  void defaultStaticAndFinalMethodsAreWoven() {
    assertThat(lines("tools: [{type: ~Adapter, methods: [close]}]"))
        .containsExactly("methods: ~Adapter.close(long)");
    assertThat(lines("tools: [{type: ~OpenAdapter, methods: [once], name: 'arg[0].model'}]"))
        .containsExactly(
            "methods: ~OpenAdapter.once(~Adapter$Request)", "name: a java.lang.String");
    assertThat(lines("runs: [{type: ~OpenAdapter, methods: ['complete(java.lang.String)']}]"))
        .containsExactly("methods: ~OpenAdapter.complete(java.lang.String)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "error: return.anything.code | error: cannot be checked, as its declared type is not known",
        "name: arg[0].options.user   | name: cannot be checked, as the values of a map have no",
        "name: this.port()           | name: cannot be checked, as only ~OpenAdapter$Local and"
            + " other",
        "error: thrown.statusCode    | error: cannot be checked, as only subtypes of"
            + " java.lang.Throw",
        "error: 'arg[0].options[\"a\"].b' | error: cannot be checked, as its declared type is not",
      })
  void whatOnlyACallCanTellIsNoMistake(String value, String line) {
    List<String> lines =
        lines("adapters: [{type: ~OpenAdapter, methods: [evaluate], " + value + "}]");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: ~Adaptr, methods: [a] | the class path has no class ~Adaptr; did you mean ~Adapter?",
        "type: ~Adapter.Usage, methods: [a] | the class path has no class ~Adapter.Usage; did you"
            + " mean ~Adapter$Usage?",
        "type: com.acme.OpenAdapter, methods: [a] | the class path has no class"
            + " com.acme.OpenAdapter; did you mean ~OpenAdapter?",
        "type: ~Adapter, methods: [evalute] | ~Adapter has no method evalute; did you mean"
            + " evaluate?",
        "type: ~Adapter, methods: [evaluate(int)] | ~Adapter has no evaluate with these parameters;"
            + " write evaluate(~Adapter$Request)",
        "type: ~Adapter, methods: [evaluate], subtypes: false | ~Adapter.evaluate(~Adapter$Request)"
            + " is abstract, and its subtypes are left out",
        "type: ~Queue$Message, methods: [deliveries], subtypes: false | ~Queue$Message.deliveries()"
            + " is abstract",
        "type: ~OpenAdapter$Local, methods: [complete] | ~OpenAdapter$Local inherits complete;"
            + " write the type that declares it: ~OpenAdapter",
        "type: ~OpenAdapter, methods: [count] | ~OpenAdapter.count(~Adapter$Request) is native,"
            + " which cannot be measured",
        "type: ~OpenAdapter, methods: [complete], name: arg[0] | ~OpenAdapter has overloads that"
            + " differ in arg[0], which the rule reads; write the one that is meant: complete(",
        "type: ~OpenAdapter, methods: [evaluate], name: arg[1] | name:"
            + " ~OpenAdapter.evaluate(~Adapter$Request) has no arg[1]; write a number below 1",
        "type: ~OpenAdapter, methods: [once], name: this.x | name:"
            + " ~OpenAdapter.once(~Adapter$Request) is static",
        "type: ~OpenAdapter, methods: [evaluate], name: arg[0].modle | name: ~Adapter$Request has"
            + " no modle; did you mean model?",
        "type: ~OpenAdapter, methods: [evaluate], name: arg[0].model() | ",
        "type: ~OpenAdapter, methods: [evaluate], name: 'arg[0].parts[0].txt' | name: ~Adapter$Part"
            + " has no txt; did you mean text?",
        "type: ~OpenAdapter, methods: [evaluate], name: 'arg[0][0]' | name: ~Adapter$Request is no"
            + " list; write",
        "type: ~OpenAdapter, methods: [evaluate], name: 'arg[0][\"x\"]' | name: ~Adapter$Request is"
            + " no map; write",
        "type: ~OpenAdapter, methods: [evaluate], error: return.hidden | error: hidden() of"
            + " ~Adapter$Response is not public",
        "type: ~OpenAdapter, methods: [evaluate], error: return.getUsage().inputTokens.x | error:"
            + " nothing can follow a value of type int",
        "type: ~OpenAdapter, methods: [evaluate], error: return.toString().equals() | error: equals"
            + " of java.lang.String is not public, has arguments or no result",
        "type: ~Queue$OfTimed, methods: [poll], error: return.receipt | ",
        "type: ~Adapter, methods: [close], error: return.x | error: ~Adapter.close(long) returns"
            + " nothing",
      })
  void aMistakeHasAnAnswer(String rule, String message) {
    if (message == null) {
      assertThat(lines("tools: [{" + rule + "}]")).hasSize(2);
    } else {
      assertThat(problem("tools: [{" + rule + "}]")).startsWith(message).contains("; ");
    }
  }

  @Test
  void textsAreToldAsTexts() {
    assertThat(lines("adapters: [{type: ~OpenAdapter, methods: [evaluate], model: gpt-4o}]"))
        .contains("model: the text \"gpt-4o\"");
    RuleFiles files =
        RuleFiles.read("r", "mailboxes: [{type: a.B, queue: '\"this\"', ack: {methods: [x]}}]");
    assertThat(RuleCheck.of(files).get(0).lines())
        .containsExactly("ack: x", "queue: the text \"this\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run  | name: arg[0] | name: a ~Tools$ToolCall is no text; write a path to one, as in"
            + " arg[0].tool",
        "run  | error: return | error: a ~Tools$Result is no text; write a path to one",
        "run  | error: thrown | error: a java.lang.Throwable is no text; write a path to one, as in"
            + " thrown.message",
        "run  | context: {run_id: arg[0]} | run_id: a ~Tools$ToolCall is no text; write",
        "take | name: arg[2] | name: a long[] is no text; write a path to one",
        "run  | failed: return.status == DONEE | failed: ~Tools$Status has no constant DONEE; did"
            + " you mean DONE?",
        "run  | failed: not XYZXYZ == return.status | failed: ~Tools$Status has no constant XYZXYZ;"
            + " it has OPEN, DONE, FAILED",
        "take | name: arg[0].id | name: ~Tools$Closed has no id; it has nothing that can be read,"
            + " as fields and methods must be public",
        "find | failed: return.status | failed: java.lang.String has no status; it has blank,"
            + " bytes, chars, ",
      })
  void ofTextsAndConstants(String method, String value, String message) {
    assertThat(problem("tools: [{type: ~Tools, methods: [" + method + "], " + value + "}]"))
        .startsWith(message);
  }

  @Test
  void someTextsAndConstantsAreRight() {
    String rule = "tools: [{type: ~Tools, methods: [";
    assertThat(lines(rule + "run], name: arg[0].depth, failed: return.status == FAILED}]"))
        .contains("name: a int");
    assertThat(lines(rule + "take], name: arg[3]}]")).contains("name: a ~Tools$Status");
    assertThat(lines(rule + "run], failed: return, error: return.status}]"))
        .contains("error: a java.util.Optional<~Tools$Status>");
    assertThat(lines(rule + "take], name: arg[1]}]"))
        .contains(
            "name: cannot be checked, as a java.util.List<java.lang.String> is a text only if its"
                + " class is one");
  }

  @Test
  void aPathThatIsWrongForOneOverloadSaysForWhich() {
    assertThat(problem("tools: [{type: ~Tools, methods: [find], failed: return.status}]"))
        .endsWith(
            "(so it is for find(java.lang.String, int) only; among the methods, write the overload"
                + " that is meant, as in find(java.lang.String))");
  }

  @Test
  void numbersAreNumbers() {
    String rule = "adapters: [{type: ~OpenAdapter, methods: [evaluate], tokens: {input: ";
    assertThat(problem(rule + "return.usage}}]"))
        .isEqualTo("input: a ~Adapter$Usage is no number; write a path to one");
    assertThat(lines(rule + "return.finish}}]"))
        .contains(
            "input: cannot be checked, as a java.lang.String is a number only if it has nothing but"
                + " digits");
    assertThat(lines(rule + "return.anything}}]")).contains("input: a java.lang.Object");
    assertThat(problem("mailboxes: [{type: ~Queue, depth: this.receive}]"))
        .startsWith("depth: a java.util.List<~Queue$Message> is no number");
  }

  @Test
  void withoutAClassPathTheMethodsAreToldAsWritten() {
    List<RuleReport> reports =
        RuleCheck.of(
            RuleFiles.read(
                "r",
                "mailboxes: [{type: a.B, ack: {methods: [x, y(int)]}, send: {methods: [z]}}]"));
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).title()).isEqualTo("mailbox a.B");
    assertThat(reports.get(0).lines()).containsExactly("send: z", "ack: x, y");
  }
}
