package io.metricsagent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the pages compile and run; here without the agent. */
class DocumentedExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theReadmeNamesTheFolderOfTheJar() throws Exception {
    Path root = Path.of("../..").toRealPath();
    Path module = root.relativize(Path.of("").toRealPath());

    assertThat(Files.readString(root.resolve("README.md")))
        .contains("(`" + module.toString().replace('\\', '/') + "/target`)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "agent/docs/java-interface.md", "agent/docs/sessions.md"})
  void compileAndRun(String page) throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../..").resolve(page)));
    int examples = 0;
    while (example.find()) {
      examples++;
      compile(example.group(1));
      try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        ((Runnable) loader.loadClass("Example").getConstructor().newInstance()).run();
      }
    }
    assertThat(examples).as("examples in %s", page).isPositive();
  }

  private void compile(String statements) throws IOException {
    Path file = folder.resolve("Example.java");
    Files.writeString(
        file,
        "import io.metricsagent.api.*;\n"
            + "import java.util.*;\n"
            + "import java.util.concurrent.*;\n"
            + "public class Example implements Runnable {\n"
            + "public void run() {\n"
            + statements
            + "}\n}\n");
    URL classes = MetricsAgentApi.class.getProtectionDomain().getCodeSource().getLocation();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-cp", classes.getPath(), file.toString());
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }
}
