package io.metricsagent.agent.rulefiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.GeneratedPart;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of rules has all keys, and its example is right. */
class RulesPageTest {
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @Test
  void theKeysAreThoseOfTheCatalogue() throws IOException {
    new GeneratedPart("agent/docs/rules.md", "rules").isOrBecomes(tables());
  }

  @Test
  void theFileOnThePageIsRight() throws IOException {
    // Surefire starts tests in the folder of the module.
    Matcher yaml = YAML.matcher(Files.readString(Path.of("docs", "rules.md")));
    assertThat(yaml.find()).isTrue();
    RuleFiles files = RuleFiles.read("rules.md", yaml.group(1));
    assertThat(files.problems()).isEmpty();
    assertThat(files.rules().mailboxes()).hasSize(1);
  }

  private static String tables() {
    StringBuilder page = new StringBuilder();
    for (Key section : RuleKeys.SECTIONS) {
      page.append("### ").append(section.name()).append("\n\n");
      page.append("| key | begins with | meaning |\n|---|---|---|\n");
      for (Key key : section.keys()) {
        row(page, "", key);
        for (Key inner : key.keys()) {
          row(page, key.name() + ": ", inner);
        }
      }
      page.append('\n');
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static void row(StringBuilder page, String prefix, Key key) {
    page.append("| `").append(prefix).append(key.name()).append('`');
    page.append(key.required() ? ", required | " : " | ");
    page.append(
        key.roots().stream()
            .map(root -> root == Root.ARGUMENT ? "`arg[0]`" : "`" + Expressions.written(root) + "`")
            .collect(Collectors.joining(", ")));
    page.append(" | ").append(key.about()).append(" |\n");
  }
}
