package io.metricsagent.agent.rulefiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.ExpressionException;
import io.metricsagent.instrumentations.user.values.ExpressionParser;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final String SPECIFIED =
      """
      adapters:
        - type: com.acme.Adapter            # a class or an interface
          methods: [evaluate, evaluateAsync]
          name: this.provider()
          model: arg[0].model
          experiment: arg[0].experiment
          tokens: {input: return.usage.inputTokens, output: return.usage.outputTokens, cached: 'return.raw["usage"]["cached"]'}
          throttled: thrown.statusCode == 429
          phases: {render: [render], call: [call], parse: [parse], tools: [executeTools]}
      tools:
        - type: com.acme.ToolExecutor
          methods: [execute]
          name: arg[0]
          failed: not return.isOk()
          error: return.errorCode
      mailboxes:
        - type: com.acme.Mailbox
          queue: this.name()
          receive: {methods: [receive], message: 'return[*]', id: message.receipt, enqueued: message.enqueuedAt, deliveries: message.deliveryCount}
          ack: {methods: [ack], id: arg[0]}
          nack: {methods: [nack], id: arg[0]}
          dead_letter: {methods: [deadLetter], id: arg[0].receipt}
          depth: this.approximateCount()
      """;

  @TempDir private Path folder;

  private static RuleFiles read(String text) {
    return RuleFiles.read("rules.yaml", text);
  }

  private static RuleFiles readWhole(String text) {
    RuleFiles files = read(text);
    assertThat(files.problems()).isEmpty();
    return files;
  }

  private static Expression expression(String text) throws ExpressionException {
    return ExpressionParser.parse(text);
  }

  private static List<MethodTarget> named(String name) {
    return List.of(MethodTarget.named(name));
  }

  @Test
  void readsAdapters() throws ExpressionException {
    AdapterRule rule = readWhole(SPECIFIED).rules().adapters().get(0);

    assertThat(rule.type().name()).isEqualTo("com.acme.Adapter");
    assertThat(rule.type().subtypes()).isTrue();
    assertThat(rule.type().origin()).hasToString("rules.yaml:2:11");
    assertThat(rule.methods())
        .containsExactly(MethodTarget.named("evaluate"), MethodTarget.named("evaluateAsync"));
    assertThat(rule.name()).isEqualTo(expression("this.provider()"));
    assertThat(rule.operation()).isNull();
    assertThat(rule.model()).isEqualTo(expression("arg[0].model"));
    assertThat(rule.tokens().input()).isEqualTo(expression("return.usage.inputTokens"));
    assertThat(rule.tokens().output()).isEqualTo(expression("return.usage.outputTokens"));
    assertThat(rule.tokens().cached()).isEqualTo(expression("return.raw[\"usage\"][\"cached\"]"));
    assertThat(rule.throttled()).isEqualTo(expression("thrown.statusCode == 429"));
    assertThat(rule.failed()).isNull();
    assertThat(rule.context())
        .containsOnly(
            java.util.Map.entry(ContextField.EXPERIMENT, expression("arg[0].experiment")));
    assertThat(rule.phases())
        .containsOnlyKeys(Phase.RENDER, Phase.CALL, Phase.PARSE, Phase.TOOLS)
        .containsEntry(Phase.TOOLS, named("executeTools"));
  }

  @Test
  void readsTools() throws ExpressionException {
    ToolRule rule = readWhole(SPECIFIED).rules().tools().get(0);

    assertThat(rule.methods()).isEqualTo(named("execute"));
    assertThat(rule.name()).isEqualTo(expression("arg[0]"));
    assertThat(rule.failed()).isEqualTo(expression("not return.isOk()"));
    assertThat(rule.error()).isEqualTo(expression("return.errorCode"));
    assertThat(rule.context()).isEmpty();
  }

  @Test
  void readsMailboxesWithPathsBetweenBraces() throws ExpressionException {
    MailboxRule rule = readWhole(SPECIFIED).rules().mailboxes().get(0);

    assertThat(rule.queue()).isEqualTo(expression("this.name()"));
    assertThat(rule.receive())
        .isEqualTo(
            new MailboxRule.Receive(
                named("receive"),
                expression("return[*]"),
                expression("message.receipt"),
                expression("message.enqueuedAt"),
                expression("message.deliveryCount")));
    assertThat(rule.send()).isNull();
    assertThat(rule.settlements())
        .containsOnlyKeys(Settlement.ACK, Settlement.NACK, Settlement.DEAD_LETTER)
        .containsEntry(
            Settlement.DEAD_LETTER,
            new MailboxRule.Settle(named("deadLetter"), expression("arg[0].receipt")));
    assertThat(rule.depth()).isEqualTo(expression("this.approximateCount()"));
  }

  @Test
  void readsAllOtherKeys() throws ExpressionException {
    RuleFiles files =
        readWhole(
            """
            adapters:
              - type: com.acme.Llm
                subtypes: false
                methods: complete
                operation: chat
                model: 4.10
                failed: return.error
                error: return.code
                context: {request_id: this.a, run_id: this.b, session_id: this.c, attempt: this.d, trace_id: this.e, experiment: arg[1]["x"]}
            mailboxes:
              - type: com.acme.Queue
                system: acme
                send: {methods: [put], message: arg[1]}
                expired: {methods: [drop]}
            runs:
              - type: com.acme.Job
                methods: [run]
                scenario: nightly
            """);

    AdapterRule adapter = files.rules().adapters().get(0);
    assertThat(adapter.type().subtypes()).isFalse();
    assertThat(adapter.methods()).isEqualTo(named("complete"));
    assertThat(adapter.operation()).isEqualTo(new Expression.Literal("chat"));
    assertThat(adapter.model()).isEqualTo(new Expression.Literal("4.10"));
    assertThat(adapter.failed()).isEqualTo(expression("return.error"));
    assertThat(adapter.error()).isEqualTo(expression("return.code"));
    assertThat(adapter.context()).containsOnlyKeys(ContextField.values());
    assertThat(adapter.context().get(ContextField.EXPERIMENT)).isEqualTo(expression("arg[1]['x']"));
    MailboxRule mailbox = files.rules().mailboxes().get(0);
    assertThat(mailbox.system()).isEqualTo(new Expression.Literal("acme"));
    assertThat(mailbox.send()).isEqualTo(new MailboxRule.Send(named("put"), expression("arg[1]")));
    assertThat(mailbox.settlements()).containsOnlyKeys(Settlement.EXPIRED);
    RunRule run = files.rules().runs().get(0);
    assertThat(run.scenario()).isEqualTo(new Expression.Literal("nightly"));
  }

  @Test
  void jsonIsYaml() {
    assertThat(
            readWhole(
                    """
                    {"tools": [{"type": "com.acme.Tool", "methods": ["run"], "subtypes": true,
                      "name": "arg[0]", "error": "return.raw[\\"code\\"]"}]}
                    """)
                .rules()
                .tools())
        .hasSize(1);
  }

  @Test
  void methodsHaveTypesOfParameters() {
    assertThat(
            readWhole(
                    """
                    tools:
                      - {type: a.B, methods: [run(java.lang.String, int[], Object...), stop(), other]}
                      - type: a.C
                        methods:
                          - run(com.acme.Outer$Inner)
                          - "run( long )"
                    """)
                .rules()
                .tools())
        .flatExtracting(ToolRule::methods)
        .containsExactly(
            new MethodTarget("run", "(Ljava/lang/String;[I[Ljava/lang/Object;)"),
            new MethodTarget("stop", "()"),
            MethodTarget.named("other"),
            new MethodTarget("run", "(Lcom/acme/Outer$Inner;)"),
            new MethodTarget("run", "(J)"));
  }

  @Test
  void everyPartHasItsPlace() {
    RuleFiles files = readWhole(SPECIFIED);
    AdapterRule adapter = files.rules().adapters().get(0);
    Origin none = new Origin("none", 0, 0);

    assertThat(files.places().of(adapter.methods().get(1), none)).hasToString("rules.yaml:3:25");
    assertThat(files.places().of(adapter.model(), none)).hasToString("rules.yaml:5:12");
    assertThat(files.places().of(adapter.tokens().cached(), none)).hasToString("rules.yaml:7:91");
    assertThat(files.places().of("another", none)).isEqualTo(none);
  }

  @Test
  void theExampleIsRight() {
    RuleFiles example = readWhole(RuleExample.text());
    assertThat(example.rules().adapters().get(0).context()).hasSize(3);
    assertThat(example.rules().adapters()).hasSize(1);
    assertThat(example.rules().tools()).hasSize(1);
    assertThat(example.rules().mailboxes()).hasSize(1);
    assertThat(example.rules().runs()).hasSize(1);
    assertThat(RuleExample.text().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void theExampleShowsEveryKey() {
    for (Key section : RuleKeys.SECTIONS) {
      for (Key key : section.keys()) {
        assertThat(RuleExample.text()).contains(" " + key.name() + ":");
      }
    }
  }

  @Test
  void aBadRuleIsLeftOutAndTheOthersCount() {
    RuleFiles files =
        read(
            """
            tools:
              - {type: a.One, methods: [run], nmae: arg[0]}
              - {type: a.Two, methods: [run]}
            """);

    assertThat(files.problems())
        .extracting(Problem::toString)
        .containsExactly("rules.yaml:2:35: a tool has no key nmae; did you mean name?");
    assertThat(files.rules().tools())
        .extracting(rule -> rule.type().name())
        .containsExactly("a.Two");
    assertThat(files.areWhole()).isTrue();
  }

  @Test
  void severalFilesAreOne() throws IOException {
    File one = file("one.yaml", "tools: [{type: a.One, methods: [run]}]");
    File same = file("same.yaml", "adapters: [{type: a.One, methods: [run]}]");
    File broken = file("broken.yaml", "tools: [");
    File missing = folder.resolve("missing.yaml").toFile();
    File marked = file("marked.yaml", "\uFEFFruns: [{type: a.One, methods: [run]}]");

    RuleFiles files = RuleFiles.read(List.of(one, same, broken, missing, marked));

    assertThat(files.rules().tools()).hasSize(1);
    assertThat(files.rules().adapters()).isEmpty();
    assertThat(files.rules().runs()).hasSize(1); // a run may be a tool
    assertThat(files.areWhole()).isFalse();
    assertThat(files.problems()).hasSize(3);
    assertThat(files.problems().get(0))
        .hasToString(
            same
                + ":1:36: a.One.run has a meaning already, at "
                + one
                + ":1:33; leave one of both"
                + " out");
    assertThat(files.problems().get(1).toString())
        .startsWith(broken + ":1:9: this is no YAML: ")
        .doesNotContain("\n");
    assertThat(files.problems().get(2).toString())
        .startsWith(missing + ": the file cannot be read");
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws IOException {
    File large = file("large.yaml", "#".repeat(RuleFiles.MAX_SIZE + 1));
    assertThat(RuleFiles.read(List.of(large)).problems())
        .extracting(Problem::toString)
        .containsExactly(large + ": the file has more than 1 MB; write several files");
  }

  private File file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return file.toFile();
  }
}
