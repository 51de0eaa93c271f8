package io.metricsagent.agent.rulefiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.user.model.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told of their mistakes, each with its line and column. */
class RuleProblemsTest {
  private static Problem only(String text) {
    assertThat(RuleFiles.read("r", text).problems()).as(text).hasSize(1);
    return RuleFiles.read("r", text).problems().get(0);
  }

  /**
   * Asserts what is told of a file.
   *
   * @param marked the file, with ^ before the place of the mistake
   */
  private static void assertTold(String marked, String message) {
    Problem problem = only(marked.replace("^", ""));
    assertThat(problem.message()).startsWith(message).contains("; ").doesNotContain("\n");
    assertThat(problem.place()).isEqualTo(new Origin("r", 1, marked.indexOf('^') + 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "^adapter: [] | a rule file has no section adapter; did you mean adapters?",
        "^xyz: [] | a rule file has no section xyz; the sections are adapters,",
        "^tools: | tools is a list of rules; write - type: com.acme.Llm",
        "tools: ^{type: a.B} | tools is a list of rules",
        "tools: [^a.B] | a rule cannot be one value",
        "tools: [^[]] | a rule cannot be a list",
        "^[] | a rule file cannot be a list; begin with adapters:",
        "^hello | a rule file cannot be one value",
        "^ | the file has no rule; rules --example prints",
        "^# nothing | the file has no rule",
        "{tools: [], ^tools: []} | tools is there twice, first at r:1:2; make it one list",
      })
  void ofSections(String text, String message) {
    assertTold(text, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: a.B, methods: ^[] | methods is an empty list; write methods: [",
        "type: a.B, ^methods: | methods has no value; write methods: [complete]",
        "type: a.B, methods: ^{a: b} | methods cannot be keys with values; write methods",
        "type: a.B, methods: [^[a]] | methods cannot be a list",
        "type: a.B, methods: [run, ^~] | methods cannot be no value",
        "type: ^[a.B], methods: [a] | type cannot be a list; write type: com.acme.Llm",
        "type: ^a b, methods: [a] | \"a b\" is not the full name of a class",
        "type: ^a..b, methods: [a] | \"a..b\" is not the full name of a class",
        "type: ^a/b, methods: [a] | \"a/b\" has slashes; write dots, as in a.b",
        "type: ^'*', methods: [a] | \"*\" would match every class",
        "type: ^com.acme.*, methods: [a] | \"com.acme.*\" would match every class",
        "type: ^java.util.List, methods: [a] | java.util.List belongs to the JDK",
        "type: ^javax.jms.Queue, methods: [a] | javax.jms.Queue belongs to the JDK",
        "type: ^jdk.x.Y, methods: [a] | jdk.x.Y belongs to the JDK",
        "type: a.B, methods: [^'*'] | \"*\" would match every method",
        "type: a.B, methods: [^get*] | \"get*\" would match every method",
        "type: a.B, methods: [^a.b] | \"a.b\" is not the name of a method; write",
        "type: a.B, methods: [^<init>] | constructors are not measured",
        "type: a.B, methods: [^a(b)] | \"b\" is no type; write a full name",
        "type: a.B, methods: [^a(int)b] | \"a(int)b\" does not end with )",
        "type: a.B, methods: [^a(List<X>)] | \"List<X>\" has type arguments; leave them out",
        "type: a.B, methods: [^'a(int,)'] | \"\" is no type of a parameter",
        "type: a.B, methods: [a, ^a] | a is named twice; leave one of both out",
        "type: a.B, methods: [a, ^a(int)] | a.B.a has a meaning already, at r:1:31",
        "type: a.B, methods: [a], ^type: a.C | type is there twice, first at r:1:10",
        "type: a.B, methods: [a], subtypes: ^no | subtypes: \"no\"; write true or false",
        "type: a.B, methods: [a], ^request_id: x | a tool has request_id within context; write",
        "type: a.B, methods: [a], context: {^request: x} | context has no key request; did you mean"
            + " request_id?",
        "type: a.B, methods: [a], ^model: x | a tool has no key model; ",
        "type: a.B, methods: [a], ^name:this.vendor | the colon behind name needs a blank; write"
            + " name: this.vendor",
        "type: a.B, methods: [a], ^name: | name has no value; write name: a path, as in",
        "type: a.B, methods: [a], name: ^[x] | name cannot be a list; write name: a path",
        "type: a.B, methods: [a], name: ^thrown.x | name: there is no thrown here; begin with this"
            + " or arg[0], or put quotes",
        "type: a.B, methods: [a], name: ^message | name: there is no message here",
        "type: a.B, methods: [a], name: ^this.x[*] | name: only the message of a mailbox has [*]",
        "type: a.B, methods: [a], name: ^not this.x | name: a comparison is true or false",
        "type: a.B, methods: [a], name: arg^[999] | name: no method has so many arguments",
        "type: a.B, methods: [a], name: this.^x(1) | name: only methods without arguments",
        "type: a.B, methods: [a], name: 'this.^x(1)' | name: only methods without arguments",
        "type: a.B, methods: [a], failed: ^yes | failed: a text has one value for all calls",
        "type: a.B, methods: [a], failed: ^true | failed: a text has one value for all calls",
        "type: a.B, methods: [a], failed: ^thrown | failed: there is no thrown here; begin with"
            + " this, arg[0] or return",
        "type: a.B, methods: [a(int)], name: ^arg[1] | arg[1]: a has one argument; write a number"
            + " below 1",
        "type: a.B, methods: [a()], error: ^arg[0] == x | error: a comparison is true or false",
        "type: a.B, methods: [a()], failed: ^arg[0] == x | arg[0]: a has no arguments; write this",
        "type: a.B, methods: [a], experiment: ^x, context: {experiment: y} | the experiment is in"
            + " context, too",
      })
  void ofTools(String rule, String message) {
    assertTold("tools: [{" + rule + "}]", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "depth: ^return.x | depth: there is no return here; begin with this",
        "depth: ^5 | depth: \"5\" is no path; write one that begins with this",
        "depth: '^5' | depth: \"5\" is no path; write one that begins with this",
        "depth: ^not this.x | depth: a comparison is no path; write one that begins with this",
        "depth: ^retrun.x | depth: retrun is none of the words that begin a path; write return.x",
        "depth: this.x, queue: ^arg[0] | the depth is read outside of calls",
        "receive: {methods: [a], id: ^message[*].x} | id: only the message of a mailbox has [*]",
        "receive: {methods: [a], message: ^message} | message: there is no message here; begin with"
            + " return or arg[0]",
        "receive: {methods: [a], message: ^return[*][*]} | message: only one [*] has a meaning",
        "receive: ^{message: return} | receive needs methods",
        "receive: ^[a] | receive cannot be a list; write receive: {methods: [complete]}",
        "ack: {methods: [a], id: ^message.x} | id: there is no message here",
        "ack: {methods: [a], ^di: message.x} | ack has no key di; the keys are methods, id",
        "ack: {methods: [a]}, nack: {methods: [^a]} | a.B.a has a meaning already, at r:1:41",
        "^acknowledge: {methods: [a]} | a mailbox has no key acknowledge; ",
      })
  void ofMailboxes(String rule, String message) {
    assertTold("mailboxes: [{type: a.B, " + rule + "}]", message);
  }

  @Test
  void ofWholeRules() {
    assertTold("tools: [^{methods: [run]}]", "a tool needs type; write type: com.acme.Llm");
    assertTold("tools: [^{type: a.B}]", "a tool needs methods; write methods: [complete]");
    assertTold("runs: [^{type: a.B}]", "a run needs methods");
    assertTold(
        "mailboxes: [^{type: a.B, queue: a}]",
        "a mailbox without methods measures nothing; write receive: {methods: [receive]}, send");
  }

  @Test
  void ofAdapters() {
    assertTold(
        "adapters: [{type: a.B, methods: [a], ^input: return.x}]",
        "an adapter has input within tokens; write tokens: {input: ...}");
    assertTold(
        "adapters: [{type: a.B, methods: [a], tokens: {input: ^5}}]",
        "input: \"5\" is no path; write one that begins with this, arg[0] or return");
    assertTold(
        "adapters: [{type: a.B, methods: [a], phases: {render: [^a]}}]",
        "a.B.a has a meaning already, at r:1:34");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools: [^ | this is no YAML: while parsing a flow node, expected the node content",
        "a: b^: c | this is no YAML: mapping values are not allowed here; write keys",
        "a: 'x^ | this is no YAML: while scanning a quoted scalar, found unexpected end",
        "a: ^@x | this is no YAML: ",
        "a: ^*b | rule files have no aliases; write the value again",
        "a: ^!return.ok | YAML takes what begins with ! for the type of a value; write not",
        "[[[[[[[[[[^[[[[[[[[[[ | nothing in a rule file is nested so deeply; see rules",
        "? ^{a: b} | a key is a word",
      })
  void ofYaml(String text, String message) {
    assertTold(text, message);
    assertThat(RuleFiles.read("r", text.replace("^", "")).areWhole()).isFalse();
  }

  @Test
  void ofColonsWithoutABlank() {
    assertThat(only("tools:\n  - type: a.B\n    name:this.vendor\n    methods: [a]\n"))
        .hasToString("r:3:5: the colon behind name needs a blank; write name: this.vendor");
    assertThat(only("tools:\n  - type: a.B\n    methods: [a]\n    name:this.vendor\n"))
        .hasToString("r:4:5: the colon behind name needs a blank; write name: this.vendor");
    assertThat(only("tools:\n  - type:a.B\n    methods: [a]\n"))
        .hasToString("r:2:5: the colon behind type needs a blank; write type: a.B");
  }

  @Test
  void ofTextThatIsNoUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("r.yaml");
    Files.writeString(file, "# ok\ntools: [] # für\n", StandardCharsets.ISO_8859_1);
    RuleFiles read = RuleFiles.read(List.of(file.toFile()));
    assertThat(read.problems())
        .singleElement()
        .hasToString(file + ":2:14: this is no UTF-8; save the file as UTF-8");
    assertThat(read.areWhole()).isFalse();

    Files.writeString(file, "tools: [] # für \uFFFD\n");
    assertThat(RuleFiles.read(List.of(file.toFile())).problems()).isEmpty();
  }

  @Test
  void ofWholeFiles() {
    assertThat(only("tools: []\n---\ntools: []\n"))
        .asString()
        .startsWith("r:2:1: a rule file is one document; leave out ---");
    assertThat(only("a: \u0001")).asString().startsWith("r:1:1: this is no YAML: ");
    assertThat(only("- x\n".repeat(YamlReader.MAX_NODES)))
        .asString()
        .startsWith("r:50000:3: the file has more than 50000 parts; write several files");
  }
}
