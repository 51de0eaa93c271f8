package io.metricsagent.exporters.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink that the page about exporters shows compiles as it stands there, and works. */
class SinkExampleTest {
  private static final Path PAGE = Path.of("..", "agent", "docs", "exporters.md");

  @Test
  void theExampleOfThePageCompilesAndPrintsALineATool(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("com/acme")).resolve("LineSink.java");
    Files.writeString(source, example());
    Path bootstrap =
        Path.of(MetricsSink.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                errors,
                "-proc:none",
                "-cp",
                bootstrap.toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(result).as("%s", errors).isZero();

    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      MetricsSink sink =
          (MetricsSink) loader.loadClass("com.acme.LineSink").getConstructor().newInstance();
      sink.export(new SampleRegistry().recordEverything().snapshot());
    } finally {
      System.setOut(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("read_file 3");
  }

  private static String example() throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("<!-- sink -->");
    int code = page.indexOf("```java\n", start) + "```java\n".length();
    return page.substring(code, page.indexOf("```", code));
  }
}
