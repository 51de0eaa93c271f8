package io.metricsagent.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the settings and of files together. */
class WrittenRulesTest {
  @TempDir private Path folder;

  private List<String> rows(String include, String file) throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), file);
    Properties properties = new Properties();
    properties.setProperty("metrics.agent.mailboxes.include", include);
    properties.setProperty("metrics.agent.rules.file", rules.toString());
    return new WrittenRules(AgentConfig.load(null, properties, Map.of()))
        .first().module().rows().stream()
            .map(row -> row.id() + " of " + Path.of(row.origin()).getFileName())
            .toList();
  }

  @Test
  void aFileSaysMoreThanASetting() throws IOException {
    String file =
        """
        mailboxes:
          - type: com.acme.Box
            ack: {methods: [done], id: arg[0]}
        """;

    assertThat(rows("com.acme.Box[done=ack,drop=nack]", file))
        .containsExactly(
            "mailbox:com.acme.Box.done of rules.yaml:2:11",
            "mailbox:com.acme.Box.drop of metrics.agent.mailboxes.include");
  }

  @Test
  void aMethodThatAFileNamesWithItsParametersIsTheSame() throws IOException {
    String file =
        """
        mailboxes:
          - type: com.acme.Box
            ack: {methods: [done(String), done(int)]}
        """;

    assertThat(rows("com.acme.Box[done=ack]", file))
        .containsExactly(
            "mailbox:com.acme.Box.done(java.lang.String) of rules.yaml:2:11",
            "mailbox:com.acme.Box.done(int) of rules.yaml:2:11");
  }
}
