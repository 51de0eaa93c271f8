package io.metricsagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAgentTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.8", "9", "11", "16"})
  void anOldJvmIsToldWhatIsNeeded(String version) {
    assertThat(MetricsAgent.unsupported(version, null))
        .isEqualTo("Java 17 or later is needed, this is Java " + version.replace("1.8", "8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21", "25", "26-ea"})
  void aNewJvmIsSupported(String version) {
    assertThat(MetricsAgent.unsupported(version, null)).isNull();
  }

  @Test
  void aNativeImageIsNotInstrumented() {
    assertThat(MetricsAgent.unsupported("25", "runtime")).contains("native image");
  }

  @Test
  void theJarMayBeBelowAFolderWithAnExclamationMark() throws Exception {
    String resource = "/io/metricsagent/MetricsAgent.class";
    for (String jar : new String[] {"/opt/!bang!/a b.jar", "/opt/x!/agent.jar", "/agent.jar"}) {
      String location = "jar:" + new File(jar).toURI() + "!" + resource;
      assertThat(MetricsAgent.jar(location, resource)).isEqualTo(new File(jar));
    }
    assertThatThrownBy(() -> MetricsAgent.jar("jrt:/x" + resource, resource))
        .hasMessageContaining("jrt:/x");
  }
}
