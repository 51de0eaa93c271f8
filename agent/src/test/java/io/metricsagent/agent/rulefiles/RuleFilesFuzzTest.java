package io.metricsagent.agent.rulefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, its reader tells what is wrong, and throws nothing. */
class RuleFilesFuzzTest {
  private static final int INPUTS = 100_000;

  private static final String[] SEEDS = {
    """
    adapters:
      - type: com.acme.Adapter
        methods: [evaluate, evaluateAsync]
        model: arg[0].model
        tokens: {input: return.usage.inputTokens, cached: 'return.raw["usage"]'}
        throttled: thrown.statusCode == 429
        phases: {render: [render], tools: [executeTools]}
    """,
    """
    tools:
      - type: com.acme.ToolExecutor
        methods: ["execute(java.lang.String, int[])"]
        failed: not return.isOk()
        context: {request_id: arg[0].id, experiment: x}
    runs: [{type: a.B, methods: run, subtypes: false, scenario: this.title}]
    """,
    """
    mailboxes:
      - type: com.acme.Mailbox # a comment
        queue: this.name()
        receive: {methods: [receive], message: return[*], id: message.receipt}
        dead_letter: {methods: [deadLetter], id: arg[0].receipt}
        depth: this.approximateCount()
    """,
    "{\"tools\": [{\"type\": \"a.B\", \"methods\": [\"c\", \"d(int)\"], \"name\": \"arg[0]\"}]}"
  };

  private static final String[] PIECES = {
    "adapters", "tools", "mailboxes", "runs", "type", "methods", "name", "tokens", "context",
    "receive", "ack", "depth", ": ", ":", "- ", "-", "[", "]", "{", "}", ",", ", ", "\n", "\n  ",
    "\n    ", "\n- ", "\t", " ", "#", "'", "\"", "\\", "&a ", "*a", "!x ", "!!str ", "|\n", ">\n",
    "? ", "---\n", "...\n", "%YAML 1.2\n", "@", "`", "~", "null", "true", "<<", "\u0000", "\u0001",
    "\u0085", "\u00ad", "\u2028", "\ud835", "\udcb3", "\uE000", "\uE001\uE002", "\uFEFF", "\r",
    "\r\n", "arg[0]", "arg[", "this.x", "return[*]", "thrown", "message.id", "not ", " == ", "()",
    "a.B", "java.util.List", "*", "run(int, long)", "run(", "0x1", "1e999", "\\u12", "\"\\x", "ß"
  };

  private final Random random = new Random(20_171);

  @Test
  void noInputBreaksTheReader() {
    int rules = 0;
    int broken = 0;
    for (int i = 0; i < INPUTS; i++) {
      String text = i % 3 == 0 ? made() : mutated(SEEDS[random.nextInt(SEEDS.length)]);
      RuleFiles files = read(text);
      for (Problem problem : files.problems()) {
        assertThat(problem.message()).contains("; ");
        assertThat(problem.place().line()).isPositive();
        assertThat(problem.place().column()).isPositive();
      }
      boolean hasRules =
          !files.rules().tools().isEmpty()
              || !files.rules().adapters().isEmpty()
              || !files.rules().mailboxes().isEmpty()
              || !files.rules().runs().isEmpty();
      rules += hasRules ? 1 : 0;
      broken += files.areWhole() ? 0 : 1;
      if (!hasRules) {
        assertThat(files.problems().isEmpty() && !isEmptySection(text)).as(text).isFalse();
      }
    }
    assertThat(rules).isGreaterThan(INPUTS / 20);
    assertThat(broken).isGreaterThan(INPUTS / 20);
  }

  /** A section without a rule is no mistake. */
  private static boolean isEmptySection(String text) {
    return text.contains("[") && text.contains("]");
  }

  private static RuleFiles read(String text) {
    try {
      return RuleFiles.read("rules.yaml", text);
    } catch (RuntimeException | Error e) {
      return fail("reading this: " + text, e);
    }
  }

  private String made() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(25); n >= 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private String mutated(String seed) {
    StringBuilder text = new StringBuilder(seed);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + 1 + random.nextInt(8));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.setCharAt(from, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
        default -> text.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
      }
      if (text.length() == 0) {
        text.append(seed);
      }
    }
    return text.toString();
  }
}
