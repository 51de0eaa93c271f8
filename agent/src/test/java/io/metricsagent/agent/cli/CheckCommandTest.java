package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String ADAPTER = "io.metricsagent.agent.rulefiles.check.samples.Adapter";

  @TempDir private Path folder;

  private final Shell shell = new Shell();

  private static String classes() throws URISyntaxException {
    return new File(
            CheckCommandTest.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .getPath();
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), text).toString();
  }

  @Test
  void whatIsWovenIsPrinted() throws IOException, URISyntaxException {
    String file = file("tools:\n  - type: " + ADAPTER + "\n    methods: [close]\n");

    assertThat(shell.run("check", file, "--classpath", classes())).isZero();

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out().lines())
        .containsExactly(
            file + ":2:11: tool " + ADAPTER,
            "  methods: " + ADAPTER + ".close(long)",
            "1 rule, 1 method, 0 problems");
  }

  @Test
  void whatIsWrongIsOneAndGoesToStandardError() throws IOException, URISyntaxException {
    String file =
        file(
            "tools:\n  - type: "
                + ADAPTER
                + "\n    methods: [clsoe]\n"
                + "  - {type: a.B, methods: [c], nmae: d}\n");

    assertThat(shell.run("check", "-cp", classes() + File.pathSeparator, file)).isEqualTo(1);

    assertThat(shell.err().lines())
        .containsExactly(
            file + ":4:31: a tool has no key nmae; did you mean name?",
            file + ":3:15: " + ADAPTER + " has no method clsoe; did you mean close?");
    assertThat(shell.out().lines()).endsWith("1 rule, 0 methods, 2 problems");
  }

  @Test
  void withoutAClassPathTheFileAloneIsChecked() throws IOException {
    String file = file("runs: [{type: a.B, methods: [c, d]}]");

    assertThat(shell.run("check", file)).isZero();

    assertThat(shell.out().lines())
        .containsExactly(
            file + ":1:15: run a.B",
            "  methods: c, d",
            "1 rule, 0 problems; --classpath tells what is woven");
  }

  @Test
  void aFileThatIsNoYamlIsOneLine() throws IOException {
    String file = file("tools: [");

    assertThat(shell.run("check", file)).isEqualTo(1);

    assertThat(shell.err().lines()).singleElement().asString().startsWith(file + ":1:9: this is no");
  }

  @Test
  void missingFilesAreTwo() throws IOException {
    String file = file("runs: [{type: a.B, methods: [c, d]}]");

    assertThat(shell.run("check", "missing.yaml")).isEqualTo(2);
    assertThat(shell.err()).startsWith("missing.yaml: no such file; give a file of rules");
    assertThat(shell.run("check", file, "--classpath", "missing.jar")).isEqualTo(2);
    assertThat(shell.err()).startsWith("missing.jar: no such file; give jars, folders");
    assertThat(shell.run("check")).isEqualTo(2);
  }

  @Test
  void theRulesToBeginWithAreRight() throws IOException {
    assertThat(shell.run("rules", "--example")).isZero();
    String file = file(shell.out());
    assertThat(shell.run("check", file)).isZero();
    assertThat(shell.out().lines()).endsWith("4 rules, 0 problems; --classpath tells what is woven");
  }

  @Test
  void theSchemaIsPrinted() throws IOException {
    assertThat(shell.run("rules", "--schema")).isZero();
    assertThat(shell.out()).isEqualTo(Files.readString(Path.of("docs", "rules.schema.json")));
  }

  @Test
  void rulesNeedsOneOfTwoOptions() {
    assertThat(shell.run("rules")).isEqualTo(2);
    assertThat(shell.err()).isEqualToIgnoringNewLines(
        "rules: give --example or --schema, one of both");
    assertThat(shell.run("rules", "--schema", "--example")).isEqualTo(2);
  }
}
