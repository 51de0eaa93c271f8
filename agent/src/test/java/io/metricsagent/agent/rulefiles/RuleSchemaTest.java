package io.metricsagent.agent.rulefiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A validator that knows nothing of us finds right by the schema what the agent finds right. */
class RuleSchemaTest {
  // Surefire starts tests in the folder of the module.
  private static final Path FILE = Path.of("docs", "rules.schema.json");

  private static final SchemaRegistry VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Schema SCHEMA = VALIDATOR.getSchema(RuleSchema.text(), InputFormat.JSON);

  private static List<Error> errors(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML);
  }

  @Test
  void theSchemaIsItselfRight() {
    Schema ofSchemas =
        VALIDATOR.getSchema(
            com.networknt.schema.SchemaLocation.of(
                SpecificationVersion.DRAFT_2020_12.getDialectId()));
    assertThat(ofSchemas.validate(RuleSchema.text(), InputFormat.JSON)).isEmpty();
  }

  /** With {@code -Dupdate.docs=true}, writes the file. */
  @Test
  void theRepositoryHasTheSameSchema() throws IOException {
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(FILE, RuleSchema.text());
    }
    assertThat(FILE).hasContent(RuleSchema.text());
    assertThat(Files.readAllBytes(FILE))
        .isEqualTo(RuleSchema.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void theExampleIsRight() {
    assertThat(errors(RuleExample.text())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools: [{type: a.B, methods: run}]",
        "tools: [{type: a.B$C, methods: ['run(int)'], subtypes: false}]",
        "adapters: [{type: a.B, methods: [run], model: 4.1, context: {attempt: 'arg[0].attempt'}}]",
        "adapters: [{type: javaagents.B, methods: [run], phases: {call: [call]}}]",
        "mailboxes: [{type: a.B, depth: this.size()}]",
        "mailboxes: [{type: a.B, ack: {methods: [ack]}}]",
        "runs: [{type: a.B, methods: [run], scenario: nightly}]",
      })
  void whatIsRightForTheAgentIsRightForTheSchema(String file) {
    assertThat(RuleFiles.read("r", file).problems()).isEmpty();
    assertThat(errors(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "tool: [{type: a.B, methods: [run]}]",
        "tools: {type: a.B, methods: [run]}",
        "tools: [{methods: [run]}]",
        "tools: [{type: a.B}]",
        "tools: [{type: a.B, methods: []}]",
        "tools: [{type: a.B, methods: [run, run]}]",
        "tools: [{type: a.B, methods: ['*']}]",
        "tools: [{type: a.B, methods: [run], nmae: x}]",
        "tools: [{type: a.B, methods: [run], name: [x]}]",
        "tools: [{type: a.B, methods: [run], failed: true}]",
        "tools: [{type: a.B, methods: [run], subtypes: maybe}]",
        "tools: [{type: 'a.*', methods: [run]}]",
        "tools: [{type: java.util.List, methods: [run]}]",
        "adapters: [{type: a.B, methods: [run], tokens: {inputs: return.x}}]",
        "adapters: [{type: a.B, methods: [run], phases: {cal: [run]}}]",
        "mailboxes: [{type: a.B, queue: x}]",
        "mailboxes: [{type: a.B, receive: {message: return}}]",
        "runs: [{type: a.B, methods: [run], name: x}]",
      })
  void whatIsWrongForTheSchemaIsWrongForTheAgent(String file) {
    assertThat(errors(file)).isNotEmpty();
    assertThat(RuleFiles.read("r", file).problems()).isNotEmpty();
  }
}
