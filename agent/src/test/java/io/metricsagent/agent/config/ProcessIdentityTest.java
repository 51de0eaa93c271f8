package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessIdentityTest {
  @Test
  void theProcessIdIsTheRealOne() {
    assertThat(ProcessIdentity.pid()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void theHostIsNamedByTheEnvironmentThenByFiles(@TempDir Path folder) throws Exception {
    String empty = Files.writeString(folder.resolve("empty"), "\n").toString();
    String file = Files.writeString(folder.resolve("hostname"), "from-file\nmore\n").toString();
    String missing = folder.resolve("missing").toString();

    assertThat(ProcessIdentity.hostName(Map.of("HOSTNAME", "pod-1"), file)).isEqualTo("pod-1");
    assertThat(ProcessIdentity.hostName(Map.of("COMPUTERNAME", "PC"), file)).isEqualTo("PC");
    assertThat(ProcessIdentity.hostName(Map.of("HOSTNAME", ""), missing, empty, file))
        .isEqualTo("from-file");
    assertThat(ProcessIdentity.hostName(Map.of(), missing)).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "com.acme.Main, com.acme.Main",
        "com.acme.Main /data/x.jar, com.acme.Main",
        "app.jar, app",
        "/opt/shop/app-1.2.jar --port 1, app-1.2",
        "/opt/my shop/app.jar --port 1, app",
        "C:\\my shop\\app.jar, app",
        "shop.module/com.acme.Main x, com.acme.Main",
        "' ', unknown_service:java",
        "-, unknown_service:java",
      })
  void theServiceIsNamedByWhatRuns(String command, String name) {
    Properties properties = new Properties();
    if (command != null) {
      properties.setProperty("sun.java.command", command);
    }

    assertThat(ProcessIdentity.serviceName(properties)).isEqualTo(name);
  }
}
