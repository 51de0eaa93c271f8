package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  @Test
  void thePageAgreesWithTheCatalogue() throws IOException {
    // Surefire starts tests in the folder of the module.
    Path page = Path.of("docs", "metrics.md").toAbsolutePath();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(page, MetricsPage.markdown());
      return;
    }
    assertThat(Files.readString(page))
        .as(
            "%s is out of date; this makes it anew:%n"
                + "  mvn -q -pl agent -am test -Dtest=MetricsPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true%n",
            page)
        .isEqualTo(MetricsPage.markdown());
  }
}
