package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkToolsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk.jartool/sun.tools.jar.Main --version",
        "jdk.compiler/com.sun.tools.javac.Main A.java",
        "jdk.jcmd/sun.tools.jps.Jps",
        "sun.security.tools.keytool.Main -list",
        "jdk.jshell/jdk.internal.jshell.tool.JShellToolProvider",
      })
  void aToolOfTheJdkIsRecognised(String command) {
    assertThat(JdkTools.tool(command)).isEqualTo(command.split(" ")[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example.App jdk.jartool/sun.tools.jar.Main",
        "app.jar",
        "org.example.sun.tools.App",
        "jdk.compiler/com.sun.tools.javac.launcher.Main App.java",
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher App.java",
      })
  void anApplicationIsNone(String command) {
    assertThat(JdkTools.tool(command)).isNull();
  }
}
