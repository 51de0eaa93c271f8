package io.metricsagent.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "java.base/sun.security.tools.keytool.Main -list",
        "java.rmi/sun.rmi.registry.RegistryImpl",
        "java.scripting/com.sun.tools.script.shell.Main -f a.js",
        "jdk.httpserver/sun.net.httpserver.simpleserver.JWebServer",
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
        "java.base/app.jar",
        "jdk.tools.jar",
        "com.example/com.example.Main java.base/sun.security.tools.keytool.Main",
        "org.example.sun.tools.App",
        "jdk.compiler/com.sun.tools.javac.launcher.Main App.java",
        "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher App.java",
      })
  void anApplicationIsNone(String command) {
    assertThat(JdkTools.tool(command)).isNull();
  }

  @Test
  void aCommandOfTheAgentIsRecognised(@TempDir Path folder) throws IOException {
    Path blanks = Files.createDirectory(folder.resolve("a b.jar c"));
    File agent = Files.createFile(blanks.resolve("metrics-agent.jar")).toFile();
    File renamed = Files.createFile(blanks.resolve("other.jar")).toFile();
    Path link = Files.createSymbolicLink(folder.resolve("link.jar"), renamed.toPath());
    assertThat(JdkTools.isOwnCommand(agent + " inspect x.jar", agent)).isTrue();
    assertThat(JdkTools.isOwnCommand(agent.toString(), agent)).isTrue();
    assertThat(JdkTools.isOwnCommand(link + " inspect", renamed)).isTrue();
    assertThat(JdkTools.isOwnCommand(renamed + " inspect", renamed)).isTrue();
    assertThat(JdkTools.isOwnCommand("io.metricsagent.MetricsAgent config", agent)).isTrue();

    assertThat(JdkTools.isOwnCommand(renamed + " " + agent, agent)).isFalse();
    assertThat(JdkTools.isOwnCommand("com.example.App " + agent, agent)).isFalse();
    assertThat(JdkTools.isOwnCommand("io.metricsagent.MetricsAgentTest", agent)).isFalse();
    assertThat(JdkTools.isOwnCommand("", agent)).isFalse();
  }
}
